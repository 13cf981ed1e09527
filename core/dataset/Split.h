#pragma once

namespace goodsight {

/// The part of a dataset that a photo belongs to: what a model learns from, what choices are made on (epochs,
/// temperature, thresholds), and what is only ever measured on.
enum class Part { Train, Val, Test };

} // namespace goodsight
