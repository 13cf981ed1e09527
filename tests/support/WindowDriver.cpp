#include "tests/support/WindowDriver.h"

#include "core/base/Paths.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QDropEvent>
#include <QMimeData>
#include <QTest>
#include <QUrl>

#include <gtest/gtest.h>

#include <algorithm>

namespace goodsight::testsupport {

namespace {
constexpr int kPatience = 60'000;
} // namespace

WindowDriver::WindowDriver(const QString& language)
{
    qputenv("GOODSIGHT_HOME", m_home.path().toLocal8Bit());
    {
        Settings settings(paths::settingsFile());
        settings.setLanguage(language);
        settings.setTheme(Settings::Theme::Light);
    }
    start();
}

WindowDriver::~WindowDriver() = default;

void WindowDriver::start()
{
    m_bench = std::make_unique<Workbench>(*qApp);
    bool ready = false;
    const auto connection = QObject::connect(&m_bench->service, &RecognitionService::modelLoaded, &window(),
                                             [&ready] { ready = true; });
    m_bench->start({});
    EXPECT_TRUE(QTest::qWaitForWindowActive(&window()));
    EXPECT_TRUE(waitFor([&] { return ready && m_bench->project.store(); }, kPatience));
    QObject::disconnect(connection);
}

void WindowDriver::restart()
{
    window().close();
    m_bench.reset();
    start();
}

void WindowDriver::complain(const char* name) const
{
    ADD_FAILURE() << "the window has no " << name;
}

bool WindowDriver::visible(const char* name)
{
    const QList<QWidget*> found = window().findChildren<QWidget*>(QString::fromLatin1(name));
    return std::any_of(found.begin(), found.end(), [](const QWidget* child) { return child->isVisible(); });
}

QString WindowDriver::spoken(const char* name)
{
    const QWidget* child = find(name);
    return child ? child->accessibleName() : QString();
}

QWidget* WindowDriver::target()
{
    QWidget* focused = QApplication::focusWidget();
    return focused && window().isAncestorOf(focused) ? focused : &window();
}

void WindowDriver::press(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QTest::keyClick(target(), key, modifiers);
}

void WindowDriver::holdOn(Qt::Key key)
{
    const QString text = key >= Qt::Key_0 && key <= Qt::Key_9 ? QString(QChar(key)) : QStringLiteral("\r");
    QKeyEvent event(QEvent::KeyPress, key, Qt::NoModifier, text, true);
    QApplication::sendEvent(target(), &event);
}

void WindowDriver::type(const QString& text)
{
    for (const QChar letter : text) // one by one: the first one moves the focus into the search field
        QTest::keyClick(target(), letter.toLatin1());
}

void WindowDriver::click(const char* name)
{
    if (QWidget* child = find(name))
        QTest::mouseClick(child, Qt::LeftButton);
}

void WindowDriver::drop(const QStringList& files)
{
    auto data = std::make_unique<QMimeData>();
    QList<QUrl> urls;
    for (const QString& file : files)
        urls.append(QUrl::fromLocalFile(file));
    data->setUrls(urls);
    drop(data.release());
}

void WindowDriver::drop(QMimeData* data)
{
    const std::unique_ptr<QMimeData> owned(data);
    QWidget* page = find("recognitionPage");
    const QPoint middle = page->rect().center();
    QDragEnterEvent enter(middle, Qt::CopyAction, data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(page, &enter);
    EXPECT_TRUE(enter.isAccepted());
    QDropEvent event(middle, Qt::CopyAction, data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(page, &event);
}

void WindowDriver::paste(QMimeData* data)
{
    QApplication::clipboard()->setMimeData(data);
    press(Qt::Key_V, Qt::ControlModifier);
}

bool WindowDriver::waitForAnswer()
{
    return waitFor(
        [this] {
            const QueueItem* item = bench().controller.current();
            return item && item->recognition && !bench().controller.currentPhoto().isNull() &&
                   item->state != ItemState::Saving;
        },
        kPatience);
}

bool WindowDriver::waitForSaved(int index)
{
    return waitFor([&] { return bench().controller.item(index).answered(); }, kPatience);
}

qint64 WindowDriver::photos(const QList<PhotoState>& states)
{
    PhotoQuery query;
    query.states = states;
    return bench().project.store()->count(query).value_or(-1);
}

QString WindowDriver::sample(const QString& product, const QString& name)
{
    const QDir samples(sourceDir() + QStringLiteral("/resources/samples"));
    const QStringList found = samples.entryList({QStringLiteral("*-%1.jpg").arg(product)});
    EXPECT_EQ(found.size(), 1) << product.toStdString();
    const QString copy = m_home.filePath(name.isEmpty() ? product + QStringLiteral(".jpg") : name);
    EXPECT_TRUE(QFile::exists(copy) || QFile::copy(samples.filePath(found.value(0)), copy));
    return copy;
}

} // namespace goodsight::testsupport
