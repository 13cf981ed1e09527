#include "tests/support/WindowDriver.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMap>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolTip>

#include <gtest/gtest.h>

using namespace goodsight;
using namespace goodsight::testsupport;

namespace {

bool hasChinese(const QString& text)
{
    return std::any_of(text.begin(), text.end(),
                       [](QChar c) { return c.unicode() >= 0x4e00 && c.unicode() <= 0x9fff; });
}

/// All that a person can read in the window now, with the object that says it.
QMap<QString, QString> texts(QWidget& window)
{
    QMap<QString, QString> found;
    for (QWidget* child : window.findChildren<QWidget*>()) {
        const auto note = [&](const QString& text) {
            if (!text.trimmed().isEmpty())
                found.insert(text, child->objectName() + u'/' +
                                       QString::fromLatin1(child->metaObject()->className()));
        };
        if (const auto* label = qobject_cast<QLabel*>(child); label && child->objectName() != u"projectPath")
            note(label->text());
        if (const auto* button = qobject_cast<QAbstractButton*>(child))
            note(button->text());
        if (const auto* field = qobject_cast<QLineEdit*>(child))
            note(field->placeholderText());
        note(child->accessibleName());
        note(child->accessibleDescription());
    }
    return found;
}

} // namespace

TEST(WindowManners, NoWordIsLeftInTheOtherLanguage)
{
    WindowDriver driver(QStringLiteral("zh_CN"));
    for (const auto& [text, where] : texts(driver.window()).asKeyValueRange()) {
        const bool word = text.count(QRegularExpression(QStringLiteral("[A-Za-z]{4,}"))) > 0;
        EXPECT_FALSE(word && !hasChinese(text)) << where.toStdString() << ": " << text.toStdString();
    }
    driver.bench().settings.setLanguage(QStringLiteral("en"));
    ASSERT_TRUE(waitFor([&] { return driver.spoken("navPhotos") == u"Photos"; }));
    for (const auto& [text, where] : texts(driver.window()).asKeyValueRange())
        EXPECT_FALSE(hasChinese(text)) << where.toStdString() << ": " << text.toStdString();
}

TEST(WindowManners, EveryControlIsNamedAndLargeEnoughForAFinger)
{
    WindowDriver driver;
    driver.drop({driver.sample(QStringLiteral("avocado")), driver.sample(QStringLiteral("carrots"))});
    ASSERT_TRUE(driver.waitForAnswer());
    for (const char* page :
         {"navRecognise", "navPhotos", "navTraining", "navEvaluation", "navModels", "navSettings"}) {
        driver.click(page);
        for (QWidget* child : driver.window().findChildren<QWidget*>()) {
            if (!child->isVisible() || child->focusPolicy() == Qt::NoFocus)
                continue;
            const bool control =
                qobject_cast<QAbstractButton*>(child) || qobject_cast<QComboBox*>(child) ||
                qobject_cast<QAbstractSpinBox*>(child) ||
                (qobject_cast<QLineEdit*>(child) && !qobject_cast<QAbstractSpinBox*>(child->parentWidget()));
            if (!control)
                continue;
            const auto* button = qobject_cast<QAbstractButton*>(child);
            EXPECT_FALSE(child->accessibleName().isEmpty() && !(button && !button->text().isEmpty()))
                << page << ": " << child->objectName().toStdString();
            EXPECT_GE(child->height(), 44) << page << ": " << child->objectName().toStdString();
        }
    }
}

TEST(WindowManners, TabReachesEveryControlOfThePage)
{
    WindowDriver driver;
    driver.drop({driver.sample(QStringLiteral("avocado"))});
    ASSERT_TRUE(driver.waitForAnswer());
    QStringList missing{QStringLiteral("open"), QStringLiteral("camera"),  QStringLiteral("labelSearch"),
                        QStringLiteral("skip"), QStringLiteral("confirm"), QStringLiteral("newProduct")};
    for (int step = 0; step < 60 && !missing.isEmpty(); ++step) {
        driver.press(Qt::Key_Tab);
        if (QWidget* focused = QApplication::focusWidget())
            missing.removeAll(focused->objectName());
    }
    EXPECT_TRUE(missing.isEmpty()) << missing.join(u' ').toStdString();
}

TEST(WindowManners, ThePlaceOfTheWindowIsRemembered)
{
    WindowDriver driver;
    driver.window().resize(1100, 720);
    driver.restart();
    EXPECT_EQ(driver.window().size(), QSize(1100, 720));
}

TEST(WindowManners, TheThemeChangesAtOnce)
{
    WindowDriver driver;
    const QColor light = driver.window().palette().color(QPalette::Window);
    driver.bench().settings.setTheme(Settings::Theme::Dark);
    ASSERT_TRUE(waitFor([&] { return driver.window().palette().color(QPalette::Window) != light; }));
    EXPECT_LT(driver.window().palette().color(QPalette::Window).lightness(), 60);
}

TEST(WindowManners, PagesThatNobodySeesReadNothing)
{
    WindowDriver driver;
    for (const char* page : {"navPhotos", "navTraining", "navRecognise"}) // all were there once
        driver.click(page);
    QSignalSpy photos(driver.find<QListView>("photoGrid")->model(), &QAbstractItemModel::modelReset);
    QSignalSpy counts(driver.find<QListView>("labelCounts")->model(), &QAbstractItemModel::modelReset);
    driver.drop({driver.sample(QStringLiteral("avocado"))});
    ASSERT_TRUE(driver.waitForAnswer());
    driver.press(Qt::Key_1);
    ASSERT_TRUE(driver.waitForSaved(0));
    driver.bench().project.open(driver.bench().project.dir());
    driver.bench().settings.setLanguage(QStringLiteral("en"));
    ASSERT_TRUE(waitFor([&] { return driver.spoken("navPhotos") == u"Photos"; }));
    QTest::qWait(300); // longer than pages wait for a pause
    EXPECT_EQ(photos.size(), 0);
    EXPECT_EQ(counts.size(), 0);
    driver.click("navTraining");
    EXPECT_EQ(counts.size(), 1);
    EXPECT_EQ(driver.find<QListView>("labelCounts")->model()->rowCount(), 1);
    driver.click("navPhotos");
    EXPECT_EQ(photos.size(), 1);
    EXPECT_EQ(driver.find<QListView>("photoGrid")->model()->rowCount(), 1);
    EXPECT_TRUE(driver.find<QAbstractButton>("filterAll")->text().startsWith(u"All"));
    // A letter, and a filter, are one look each.
    driver.find("photoSearch")->setFocus();
    driver.type(QStringLiteral("a"));
    EXPECT_EQ(photos.size(), 2);
    driver.click("filterCorrected");
    EXPECT_EQ(photos.size(), 3);
    EXPECT_TRUE(driver.visible("photosEmpty"));
}

TEST(WindowManners, ANameWithMarkupIsShownAsItIs)
{
    WindowDriver driver;
    const QString name = QStringLiteral("<b>苹果</b> & <img src=x>");
    driver.bench().project.open(driver.home() + QStringLiteral("/<i>店<i>.goodsight"));
    ASSERT_TRUE(driver.bench().project.store());
    for (const char* page :
         {"navRecognise", "navPhotos", "navTraining", "navEvaluation", "navModels", "navSettings"}) {
        driver.click(page);
        for (const QLabel* label : driver.window().findChildren<QLabel*>()) {
            if (!label->isVisible())
                continue;
            EXPECT_EQ(label->textFormat(), Qt::PlainText)
                << page << ": " << label->objectName().toStdString() << label->text().toStdString();
        }
    }
    EXPECT_TRUE(driver.find<QLabel>("statusProject")->text().contains(u"<i>店<i>"));
    QToolTip::showText(driver.window().mapToGlobal(QPoint(50, 50)), name, &driver.window());
    const QWidgetList windows = QApplication::topLevelWidgets();
    const auto tip = std::find_if(windows.begin(), windows.end(), [](const QWidget* one) {
        return one->isVisible() && one->inherits("QTipLabel");
    });
    ASSERT_NE(tip, windows.end());
    EXPECT_EQ(qobject_cast<QLabel*>(*tip)->textFormat(), Qt::PlainText);
    EXPECT_EQ(qobject_cast<QLabel*>(*tip)->text(), name);
    QToolTip::hideText();
}
