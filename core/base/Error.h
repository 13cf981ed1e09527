#pragma once

#include <QJsonObject>
#include <QMetaType>
#include <QString>

namespace goodsight {

/// An expected failure, ready to be shown to a person and read by a script.
struct Error {
    QString code;    ///< stable, kebab-case word for scripts, e.g. "not-an-image"; never translated
    QString message; ///< one sentence that names the file and says what happened, translated
    QString hint;    ///< one sentence that says what to do; may be empty, translated

    /// `{"code","message","hint"}`, the shape that the command line prints.
    [[nodiscard]] QJsonObject toJson() const;

    friend bool operator==(const Error&, const Error&) = default;
};

/// Longest file name part that a message quotes; longer ones are shortened in the middle.
inline constexpr int kQuotedNameLength = 80;

/// The file name of `path` as a sentence may quote it: line breaks and control characters made visible
/// (U+2424 and the like), shortened in the middle to kQuotedNameLength characters.
[[nodiscard]] QString quotedName(const QString& path);

} // namespace goodsight

Q_DECLARE_METATYPE(goodsight::Error)
