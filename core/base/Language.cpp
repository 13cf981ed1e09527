#include "core/base/Language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace goodsight {

Language::Language(QObject* parent)
    : QObject(parent)
{}

void Language::apply(const QString& language)
{
    QString wanted = language;
    if (wanted != u"zh_CN" && wanted != u"en")
        wanted =
            QLocale::system().language() == QLocale::Chinese ? QStringLiteral("zh_CN") : QStringLiteral("en");
    if (wanted == m_current)
        return;
    m_current = wanted;
    QLocale::setDefault(wanted == u"en" ? QLocale(QLocale::English, QLocale::UnitedKingdom)
                                        : QLocale(QLocale::Chinese, QLocale::China));
    QCoreApplication::removeTranslator(&m_qt);
    QCoreApplication::removeTranslator(&m_own);
    // Both languages have a file of ours: English for its plurals.
    if (m_qt.load(QStringLiteral("qtbase_") + wanted, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qt);
    if (m_own.load(QStringLiteral(":/i18n/goodsight_") + wanted))
        QCoreApplication::installTranslator(&m_own);
    else
        qWarning("no translation for %s", qPrintable(wanted));
}

} // namespace goodsight
