#pragma once

#include <QString>

#include <optional>
#include <span>
#include <vector>

namespace goodsight {

/// The part of a dataset that a photo belongs to: what a model learns from, what choices are made on (epochs,
/// temperature, thresholds), and what is only ever measured on.
enum class Part { Train, Val, Test };

/// The word for a part in the database and on the command line: "train", "val", "test".
[[nodiscard]] QString partWord(Part part);
/// The part of a word; nothing where it is none of the three.
[[nodiscard]] std::optional<Part> partFromWord(const QString& word);

/// A labelled photo that is to get a part.
struct SplitItem {
    QString sha256;
    QString labelId;
    qint64 group = 0; ///< photos of one group stay on one side; 0: this photo is in none
    std::optional<Part> part = std::nullopt; ///< the part that it has already, and keeps
};

/// Shares of each label's photos; what is neither val nor test is train. 0 <= val, test and val + test < 1.
struct SplitOptions {
    double val = 0.15;
    double test = 0.0;
    quint32 seed = 1;
};

/// The part of each item, in the items' order; the same whatever that order and however groups are numbered.
///
/// Each label's val and test photos are counted out by themselves (stratified), rare labels first as in
/// Sechidis, Tsoumakas and Vlahavas, "On the Stratification of Multi-label Data" (2011): a group may hold
/// photos of several labels. In order of importance:
/// - an item with a part keeps it, so that adding photos never moves old ones;
/// - a group is never torn: new photos join the part that their group has (train, where kept parts disagree);
/// - each label keeps a photo in train, so a label with one photo is learnt from;
/// - each label with two or more photos has one in val, and with three or more one in test, where the groups
///   allow it and the share is not 0;
/// - the shares, to the nearest photo where photos are in no group.
[[nodiscard]] std::vector<Part> splitStratified(std::span<const SplitItem> items,
                                                const SplitOptions& options);

} // namespace goodsight
