#include "core/base/Settings.h"
#include "tests/support/TestSupport.h"
#include "ui/capture/CameraView.h"
#include "ui/capture/LivePicture.h"

#include <QComboBox>
#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

using namespace goodsight;
using namespace std::chrono_literals;
using State = CameraSession::State;
using testsupport::waitFor;

namespace {

const QColor kLeft(200, 40, 50);
const QColor kRight(40, 90, 200);
const QColor kOther(30, 160, 70);

/// A camera that the test plugs, unplugs and freezes, through tests/support/with-virtual-camera.
class VirtualCamera {
public:
    [[nodiscard]] static bool available() { return qEnvironmentVariableIsSet("TESTCAM_CONTROL"); }

    static void command(const QString& line)
    {
        QFile pipe(qEnvironmentVariable("TESTCAM_CONTROL"));
        ASSERT_TRUE(pipe.open(QIODevice::WriteOnly | QIODevice::ExistingOnly | QIODevice::Unbuffered));
        pipe.write(line.toUtf8() + '\n');
    }

    /// Shows the two colours left and right of the middle, on white: columns 80 to 560 of 640.
    void plug(const QColor& left, const QColor& right)
    {
        QImage picture(480, 480, QImage::Format_RGB32);
        picture.fill(left);
        QPainter painter(&picture);
        painter.fillRect(QRect(240, 0, 240, 480), right);
        painter.end();
        const QString file = m_dir.filePath(QStringLiteral("picture%1.png").arg(++m_pictures));
        ASSERT_TRUE(picture.save(file));
        command(QStringLiteral("plug ") + file);
    }

private:
    QTemporaryDir m_dir;
    int m_pictures = 0;
};

bool near(QRgb pixel, const QColor& color)
{
    constexpr int kTolerance = 8; // the camera sends subsampled BT.601
    return qAbs(qRed(pixel) - color.red()) <= kTolerance &&
           qAbs(qGreen(pixel) - color.green()) <= kTolerance &&
           qAbs(qBlue(pixel) - color.blue()) <= kTolerance;
}

bool shows(const QImage& image, const QColor& left, const QColor& right)
{
    return image.size() == QSize(640, 480) && near(image.pixel(100, 100), left) &&
           near(image.pixel(100, 400), left) && near(image.pixel(500, 240), right);
}

class Camera : public ::testing::Test {
protected:
    void SetUp() override
    {
        if (!VirtualCamera::available())
            GTEST_SKIP() << "skipped: run by tests/support/with-virtual-camera";
        m_view.resize(748, 640);
        m_view.show();
        m_camera.plug(kLeft, kRight);
    }

    void TearDown() override
    {
        if (!VirtualCamera::available())
            return;
        m_view.stop();
        VirtualCamera::command(QStringLiteral("unplug"));
        QTest::qWait(300);
    }

    static std::unique_ptr<CameraSession> quickSession()
    {
        CameraSession::Environment environment = CameraSession::Environment::system();
        environment.silence = 1500ms;
        environment.retry = 700ms;
        return std::make_unique<CameraSession>(environment);
    }

    [[nodiscard]] bool becomes(State state, int milliseconds = 10'000)
    {
        return waitFor([&] { return m_view.session().state() == state; }, milliseconds);
    }

    [[nodiscard]] ::testing::AssertionResult startLive()
    {
        m_view.start();
        if (!becomes(State::Live))
            return ::testing::AssertionFailure() << qPrintable(m_view.session().stateText());
        if (waitFor([&] { return shows(m_view.session().lastFrame(), kLeft, kRight); }))
            return ::testing::AssertionSuccess();
        const QImage last = m_view.session().lastFrame();
        return ::testing::AssertionFailure() << "another picture, " << last.width() << "x" << last.height()
                                             << ", with " << qPrintable(last.pixelColor(100, 100).name())
                                             << " and " << qPrintable(last.pixelColor(500, 240).name());
    }

    template <class T>
    T* child(const char* name)
    {
        return m_view.findChild<T*>(QString::fromUtf8(name));
    }

    VirtualCamera m_camera;
    QTemporaryDir m_dir;
    Settings m_settings{m_dir.filePath(QStringLiteral("settings.ini"))};
    CameraView m_view{m_settings, quickSession()};
};

} // namespace

TEST_F(Camera, IsListedOnceAndShowsItsPicture)
{
    ASSERT_TRUE(startLive());
    ASSERT_EQ(m_view.session().devices().size(), 1);
    EXPECT_EQ(m_view.session().devices().first().description, QStringLiteral("TestCam"));
    EXPECT_EQ(m_view.session().deviceName(), QStringLiteral("TestCam"));
    EXPECT_FALSE(child<QComboBox>("cameraChooser")->isVisible()) << "nothing to choose from one camera";
    EXPECT_FALSE(child<QWidget>("cameraNotice")->isVisible());
    EXPECT_TRUE(child<QPushButton>("cameraShutter")->isEnabled());

    // The same picture on the widget, where it lies fitted between two bars.
    auto* picture = child<LivePicture>("cameraPicture");
    const QImage grabbed = picture->grab().toImage();
    const QRectF area = picture->pictureRect();
    EXPECT_NEAR(area.width() / area.height(), 4.0 / 3.0, 0.01);
    EXPECT_TRUE(near(
        grabbed.pixel((area.topLeft() + QPointF(0.3 * area.width(), area.height() / 2)).toPoint()), kLeft));
    EXPECT_TRUE(near(
        grabbed.pixel((area.topLeft() + QPointF(0.7 * area.width(), area.height() / 2)).toPoint()), kRight));
}

TEST_F(Camera, RecognitionGetsOnePictureForEachRequest)
{
    QSignalSpy asked(&m_view, &CameraView::frameForRecognition);
    QSignalSpy all(&m_view.session(), &CameraSession::frame);
    ASSERT_TRUE(startLive());
    ASSERT_TRUE(waitFor([&] { return all.count() >= 10; }));
    EXPECT_EQ(asked.count(), 0) << "nobody asked";

    m_view.setReadyForFrame(true);
    ASSERT_TRUE(waitFor([&] { return asked.count() == 1; }));
    EXPECT_TRUE(shows(asked.first().first().value<QImage>(), kLeft, kRight));
    const auto before = all.count();
    ASSERT_TRUE(waitFor([&] { return all.count() >= before + 10; }));
    EXPECT_EQ(asked.count(), 1) << "the recogniser is still busy with the first";

    m_view.setReadyForFrame(true);
    ASSERT_TRUE(waitFor([&] { return asked.count() == 2; }));
}

TEST_F(Camera, ASlowListenerGetsTheNewestPictureAndNoBacklog)
{
    ASSERT_TRUE(startLive());
    int received = 0;
    const auto slow = QObject::connect(&m_view.session(), &CameraSession::frame, &m_view, [&](const QImage&) {
        ++received;
        QThread::msleep(300);
    });
    ASSERT_TRUE(waitFor([&] { return received >= 4; }));
    QObject::disconnect(slow);
    // About 40 pictures were sent meanwhile; at most one of them may still be on its way.
    int late = 0;
    QObject::connect(&m_view.session(), &CameraSession::frame, &m_view, [&](const QImage&) { ++late; });
    QCoreApplication::processEvents();
    EXPECT_LE(late, 2);
}

TEST_F(Camera, SpaceTakesThePicture)
{
    ASSERT_TRUE(startLive());
    QSignalSpy captured(&m_view, &CameraView::captured);
    QTest::keyClick(&m_view, Qt::Key_Space);
    ASSERT_EQ(captured.count(), 1);
    EXPECT_TRUE(shows(captured.first().first().value<QImage>(), kLeft, kRight));

    auto* shutter = child<QPushButton>("cameraShutter");
    QTest::mouseClick(shutter, Qt::LeftButton);
    EXPECT_EQ(captured.count(), 2);
    shutter->setFocus();
    QTest::keyClick(shutter, Qt::Key_Space);
    EXPECT_EQ(captured.count(), 3) << "Space on the focused button takes one picture, not two or none";
}

TEST_F(Camera, UnpluggedInUseIsSaidAndItComesBackByItself)
{
    ASSERT_TRUE(startLive());
    VirtualCamera::command(QStringLiteral("unplug"));
    QElapsedTimer lost;
    lost.start();
    ASSERT_TRUE(becomes(State::Lost)) << qPrintable(m_view.session().stateText());
    RecordProperty("lost_after_ms", static_cast<int>(lost.elapsed()));
    auto* sentence = child<QLabel>("cameraSentence");
    EXPECT_TRUE(sentence->isVisible());
    EXPECT_TRUE(sentence->text().contains(QStringLiteral("TestCam"))) << qPrintable(sentence->text());
    EXPECT_TRUE(sentence->text().contains(QStringLiteral("unplugged")));
    EXPECT_TRUE(child<QPushButton>("cameraRetry")->isVisible());
    EXPECT_FALSE(child<QPushButton>("cameraShutter")->isEnabled());
    EXPECT_TRUE(m_view.session().lastFrame().isNull()) << "an old picture must not pass for a live one";

    // It stays Lost through the attempts, and the window answers while they go on.
    QElapsedTimer turn;
    qint64 longest = 0;
    QElapsedTimer total;
    total.start();
    while (total.elapsed() < 3000) {
        turn.start();
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
        longest = std::max(longest, turn.elapsed());
        QThread::msleep(1);
        ASSERT_EQ(m_view.session().state(), State::Lost);
    }
    RecordProperty("longest_turn_ms", static_cast<int>(longest));

    m_camera.plug(kOther, kOther);
    QElapsedTimer back;
    back.start();
    ASSERT_TRUE(becomes(State::Live)) << qPrintable(m_view.session().stateText());
    RecordProperty("back_after_ms", static_cast<int>(back.elapsed()));
    EXPECT_TRUE(waitFor([&] { return shows(m_view.session().lastFrame(), kOther, kOther); }));
    EXPECT_TRUE(child<QPushButton>("cameraShutter")->isEnabled());
    EXPECT_FALSE(sentence->isVisible());
}

TEST_F(Camera, OneThatFallsSilentIsLostAndFoundAgain)
{
    ASSERT_TRUE(startLive());
    VirtualCamera::command(QStringLiteral("freeze"));
    ASSERT_TRUE(becomes(State::Lost));
    VirtualCamera::command(QStringLiteral("thaw"));
    EXPECT_TRUE(becomes(State::Live)) << qPrintable(m_view.session().stateText());
}

TEST_F(Camera, OneThatComesLaterIsStartedByItself)
{
    VirtualCamera::command(QStringLiteral("unplug"));
    CameraSession::Environment environment = CameraSession::Environment::system();
    auto hidden = std::make_shared<bool>(true);
    environment.devices = [hidden] {
        return *hidden ? QList<QCameraDevice>() : CameraSession::Environment::system().devices();
    };
    environment.retry = 300ms;
    CameraSession session(environment);
    session.start();
    ASSERT_EQ(session.state(), State::NoCamera);
    m_camera.plug(kLeft, kRight);
    *hidden = false;
    EXPECT_TRUE(waitFor([&] { return session.state() == State::Live; }, 15'000))
        << qPrintable(session.stateText());
}

TEST_F(Camera, StopSendsNoMorePictures)
{
    ASSERT_TRUE(startLive());
    m_view.stop();
    EXPECT_EQ(m_view.session().state(), State::Stopped);
    QSignalSpy frames(&m_view.session(), &CameraSession::frame);
    QTest::qWait(400);
    EXPECT_EQ(frames.count(), 0);
    m_view.start();
    EXPECT_TRUE(becomes(State::Live)) << "and can be started again";
}
