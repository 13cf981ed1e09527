#include "tests/tour/TourPicture.h"

#include <QApplication>
#include <QDir>
#include <QLabel>

#include <gtest/gtest.h>

namespace goodsight::testsupport {

namespace {

/// Labels of one line whose text is wider than they are and is not shortened with "…" either.
void expectNothingCutOff(QWidget& window)
{
    for (const QLabel* label : window.findChildren<QLabel*>()) {
        if (!label->isVisible() || label->wordWrap() || label->text().isEmpty() ||
            label->textFormat() == Qt::RichText)
            continue;
        EXPECT_LE(label->fontMetrics().horizontalAdvance(label->text()), label->contentsRect().width() + 1)
            << label->objectName().toStdString() << ": " << label->text().toStdString();
    }
}

} // namespace

void picture(WindowDriver& driver, const char* name)
{
    // The layouts settle in the event loop.
    for (int round = 0; round < 3; ++round)
        QApplication::processEvents();
    expectNothingCutOff(driver.window());
    const QDir folder(QStringLiteral(GOODSIGHT_TOUR_DIR));
    ASSERT_TRUE(folder.mkpath(QStringLiteral(".")));
    ASSERT_TRUE(
        driver.window().grab().save(folder.filePath(QString::fromLatin1(name) + QStringLiteral(".png"))));
}

void settleThumbnails(WindowDriver& driver)
{
    driver.window().grab(); // what is drawn asks for its thumbnails
    EXPECT_TRUE(waitFor([&] { return driver.bench().thumbnails.idle(); }));
}

QString groceryPhotos(const QString& relative)
{
    return qEnvironmentVariableIsSet("GOODSIGHT_TOUR_SAMPLES")
               ? QString()
               : shared(QStringLiteral("data/grocery/") + relative);
}

} // namespace goodsight::testsupport
