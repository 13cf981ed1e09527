#pragma once

#include <QCoreApplication>

namespace goodsight {

/// The translation context of everything that training says to a person.
class TrainingText {
    Q_DECLARE_TR_FUNCTIONS(goodsight::Training)
};

} // namespace goodsight
