#pragma once

#include <QCoreApplication>

namespace goodsight {

/// The translation context of everything this room says to a person.
class LearningText {
    Q_DECLARE_TR_FUNCTIONS(goodsight::Learning)
};

} // namespace goodsight
