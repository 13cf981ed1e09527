#include "core/base/Settings.h"
#include "tests/support/TestSupport.h"
#include "ui/capture/CameraView.h"

#include <QAccessible>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>

#include <gtest/gtest.h>

using namespace goodsight;
using namespace std::chrono_literals;
using State = CameraSession::State;

namespace {

/// A machine without cameras, whatever this one has.
CameraSession::Environment bareMachine(CameraAccess access = CameraAccess::Granted)
{
    CameraSession::Environment environment = CameraSession::Environment::system();
    environment.devices = [] { return QList<QCameraDevice>(); };
    environment.access = [access] { return access; };
    environment.retry = 20ms;
    return environment;
}

/// "Translates" each of our texts by putting a mark before it.
class Marker : public QTranslator {
public:
    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char* context, const char* source, const char*, int) const override
    {
        return QByteArray(context).startsWith("goodsight::")
                   ? QStringLiteral("译") + QString::fromUtf8(source)
                   : QString();
    }
};

class NoCamera : public ::testing::Test {
protected:
    std::unique_ptr<CameraView> makeView(CameraAccess access = CameraAccess::Granted)
    {
        auto view =
            std::make_unique<CameraView>(m_settings, std::make_unique<CameraSession>(bareMachine(access)));
        view->resize(748, 640);
        view->show();
        return view;
    }

    QTemporaryDir m_dir;
    Settings m_settings{m_dir.filePath(QStringLiteral("settings.ini"))};
};

QString labelText(const QWidget& view, const QString& name)
{
    const auto* label = view.findChild<QLabel*>(name);
    return label != nullptr && label->isVisible() ? label->text() : QString();
}

} // namespace

TEST(CameraDevices, NothingMakesAnEmptyList)
{
    EXPECT_TRUE(groupCameras({}).isEmpty());
}

TEST(CameraDevices, ARunningNumberIsNoIdentity)
{
    EXPECT_EQ(stableCameraId("0", QStringLiteral("TestCam")), QStringLiteral("TestCam"));
    EXPECT_EQ(stableCameraId("17", QStringLiteral("TestCam")), QStringLiteral("TestCam"));
    EXPECT_EQ(stableCameraId("/dev/video0", QStringLiteral("TestCam")), QStringLiteral("/dev/video0"));
}

TEST(CameraAccess, IsDeniedOnlyWhenThereAreNodesAndNoneCanBeUsed)
{
    const QStringList two{QStringLiteral("/dev/video0"), QStringLiteral("/dev/video1")};
    const auto none = [](const QString&) { return false; };
    const auto second = [&](const QString& node) { return node == two[1]; };
    EXPECT_EQ(accessToNodes({}, none), CameraAccess::Granted);
    EXPECT_EQ(accessToNodes(two, none), CameraAccess::Denied);
    EXPECT_EQ(accessToNodes(two, second), CameraAccess::Granted);
}

TEST_F(NoCamera, TheSessionSaysSoAndNeverStarts)
{
    CameraSession session(bareMachine());
    QSignalSpy frames(&session, &CameraSession::frame);
    EXPECT_EQ(session.state(), State::Stopped);
    session.start(QStringLiteral("a camera of yesterday"));
    EXPECT_EQ(session.state(), State::NoCamera);
    EXPECT_EQ(session.stateText(), QStringLiteral("No camera is connected."));
    // Longer than several retries: the backend's own colour bars must never get in.
    QTest::qWait(300);
    EXPECT_EQ(session.state(), State::NoCamera);
    EXPECT_EQ(frames.count(), 0);
    EXPECT_TRUE(session.lastFrame().isNull());
    session.stop();
    EXPECT_EQ(session.state(), State::Stopped);
}

TEST_F(NoCamera, DeniedIsToldApart)
{
    CameraSession session(bareMachine(CameraAccess::Denied));
    session.start();
    EXPECT_EQ(session.state(), State::Denied);
    EXPECT_TRUE(session.stateText().contains(QStringLiteral("not allowed")));
    EXPECT_FALSE(session.stateHint().isEmpty());
}

TEST_F(NoCamera, AccessGivenLaterIsNoticed)
{
    auto environment = bareMachine();
    auto access = std::make_shared<CameraAccess>(CameraAccess::Denied);
    environment.access = [access] { return *access; };
    CameraSession session(environment);
    session.start();
    ASSERT_EQ(session.state(), State::Denied);
    *access = CameraAccess::Granted;
    EXPECT_TRUE(testsupport::waitFor([&] { return session.state() == State::NoCamera; }, 3000));
}

TEST_F(NoCamera, TheViewShowsTheSentenceTheHintAndARetry)
{
    const auto view = makeView();
    view->start();
    EXPECT_EQ(labelText(*view, QStringLiteral("cameraSentence")), QStringLiteral("No camera is connected."));
    EXPECT_EQ(labelText(*view, QStringLiteral("cameraHint")),
              QStringLiteral("It comes back by itself when a camera is connected."));
    const auto* retry = view->findChild<QPushButton*>(QStringLiteral("cameraRetry"));
    ASSERT_NE(retry, nullptr);
    EXPECT_TRUE(retry->isVisible());
    EXPECT_GE(retry->height(), 44);
    EXPECT_FALSE(view->findChild<QComboBox*>(QStringLiteral("cameraChooser"))->isVisible());
    EXPECT_FALSE(view->findChild<QPushButton*>(QStringLiteral("cameraShutter"))->isEnabled());
}

TEST_F(NoCamera, SpaceAndTheShutterTakeNothing)
{
    const auto view = makeView();
    view->start();
    QSignalSpy captured(view.get(), &CameraView::captured);
    QTest::keyClick(view.get(), Qt::Key_Space);
    QTest::mouseClick(view->findChild<QPushButton*>(QStringLiteral("cameraShutter")), Qt::LeftButton);
    view->capture();
    EXPECT_EQ(captured.count(), 0);
}

TEST_F(NoCamera, TheRetryButtonWorksByKeyboard)
{
    const auto view = makeView();
    view->start();
    auto* retry = view->findChild<QPushButton*>(QStringLiteral("cameraRetry"));
    retry->setFocus();
    QSignalSpy clicked(retry, &QPushButton::clicked);
    QTest::keyClick(retry, Qt::Key_Space);
    EXPECT_EQ(clicked.count(), 1);
    EXPECT_EQ(view->session().state(), State::NoCamera);
}

TEST_F(NoCamera, AHiddenViewSwitchesOffAndOnAgainWhenShown)
{
    const auto view = makeView();
    view->start();
    view->hide();
    EXPECT_EQ(view->session().state(), State::Stopped);
    view->show();
    EXPECT_EQ(view->session().state(), State::NoCamera);
    view->stop();
    view->hide();
    view->show();
    EXPECT_EQ(view->session().state(), State::Stopped);
}

TEST_F(NoCamera, EveryTextFollowsTheLanguage)
{
    const auto view = makeView();
    view->start();
    Marker marker;
    QCoreApplication::installTranslator(&marker);
    QCoreApplication::sendPostedEvents();
    QCoreApplication::processEvents();
    const auto marked = [](const QString& text) { return text.startsWith(QStringLiteral("译")); };
    for (const auto* label : view->findChildren<QLabel*>())
        EXPECT_TRUE(marked(label->text())) << qPrintable(label->objectName());
    for (const auto* button : view->findChildren<QPushButton*>())
        EXPECT_TRUE(marked(button->text())) << qPrintable(button->objectName());
    for (const auto* widget : view->findChildren<QWidget*>()) {
        if (!widget->accessibleName().isEmpty()) {
            EXPECT_TRUE(marked(widget->accessibleName())) << qPrintable(widget->objectName());
        }
    }
    for (const State state : {State::Stopped, State::NoCamera}) {
        if (state == State::Stopped)
            view->session().stop();
        else
            view->session().start();
        EXPECT_TRUE(marked(view->session().stateText()));
    }
    QCoreApplication::removeTranslator(&marker);
    QCoreApplication::sendPostedEvents();
    QCoreApplication::processEvents();
    EXPECT_EQ(labelText(*view, QStringLiteral("cameraSentence")), QStringLiteral("No camera is connected."));
}

TEST_F(NoCamera, EveryControlHasAnAccessibleNameAndAnObjectName)
{
    const auto view = makeView();
    view->start();
    for (const QString& name :
         {QStringLiteral("cameraPicture"), QStringLiteral("cameraNotice"), QStringLiteral("cameraChooser"),
          QStringLiteral("cameraShutter"), QStringLiteral("cameraRetry")}) {
        auto* widget = view->findChild<QWidget*>(name);
        ASSERT_NE(widget, nullptr) << qPrintable(name);
        EXPECT_FALSE(widget->accessibleName().isEmpty()) << qPrintable(name);
    }
}
