#pragma once

#include <QCoreApplication>

namespace goodsight {

/// The translation context of everything this room and core/torch say to a person.
class InferenceText {
    Q_DECLARE_TR_FUNCTIONS(goodsight::Inference)
};

} // namespace goodsight
