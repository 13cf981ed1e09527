#pragma once

#include <QObject>
#include <QTranslator>

namespace goodsight {

/// The interface's language: follows the system until one is chosen, switched live by installing translators,
/// which sends QEvent::LanguageChange to every widget. Main thread; one for the program, the command line
/// too.
class Language : public QObject {
    Q_OBJECT
public:
    explicit Language(QObject* parent = nullptr);

    /// "zh_CN", "en", or empty for the system's (Chinese of any kind gives zh_CN, everything else English).
    void apply(const QString& language);
    /// "zh_CN" or "en".
    [[nodiscard]] QString current() const { return m_current; }

private:
    QString m_current;
    QTranslator m_own;
    QTranslator m_qt;
};

} // namespace goodsight
