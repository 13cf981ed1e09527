#pragma once

#include <QLocale>
#include <QMetaType>
#include <QString>

namespace goodsight {

/// A product as people and scripts name it.
struct Label {
    QString id;  ///< stable, lower case with hyphens; never changes and is never given to another product
    QString zh;  ///< Chinese name; may be empty for a product that was named in English only
    QString en;  ///< English name; may be empty likewise
    QString sku; ///< the store's article number; may be empty

    /// The name to show first to a reader of `locale`: Chinese for Chinese, else English; the other language
    /// where that one is empty, the id where both are.
    [[nodiscard]] QString displayName(const QLocale& locale) const;

    friend bool operator==(const Label&, const Label&) = default;
};

} // namespace goodsight

Q_DECLARE_METATYPE(goodsight::Label)
