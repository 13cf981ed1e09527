#pragma once

#include "core/inference/RecognitionService.h"
#include "tests/core/inference/FakeBackend.h"
#include "tests/support/TestSupport.h"

#include <QFile>
#include <QHash>
#include <QSet>
#include <QTemporaryDir>
#include <QThread>

#include <gtest/gtest.h>

#include <memory>

namespace goodsight::testsupport {

/// A service over FakeBackend whose every signal is noted.
class ServiceTest : public testing::Test {
protected:
    std::shared_ptr<FakeScript> script = std::make_shared<FakeScript>();
    std::atomic_int loads = 0;
    std::atomic_bool loadingThrows = false;
    std::atomic_bool loadingFails = false;
    std::unique_ptr<RecognitionService> service;
    RecognitionConfig config;

    QList<LoadedModel> loaded;
    QList<Error> modelErrors;
    QHash<quint64, Recognition> answers;
    QHash<quint64, Error> errors;
    QList<quint64> dropped;
    QSet<quint64> withoutPicture; ///< ids that were asked for ahead
    QTemporaryDir folder;
    QList<quint64> order; ///< ids in the order of their endings
    QHash<quint64, int> endings;

    void SetUp() override
    {
        config.modelFile = QStringLiteral("fake.safetensors");
        config.threads = 1;
        service = std::make_unique<RecognitionService>([this](const RecognitionConfig& wanted) {
            ++loads;
            if (loadingThrows)
                throw std::runtime_error("told to throw");
            if (loadingFails)
                return Result<std::unique_ptr<Recognizer>>(fail("bad-model", QStringLiteral("told to fail")));
            return Result<std::unique_ptr<Recognizer>>(fakeRecognizer(script, wanted.threads));
        });
        const auto ended = [this](quint64 id) {
            ++endings[id];
            order += id;
            EXPECT_EQ(QThread::currentThread(), service->thread());
        };
        QObject::connect(service.get(), &RecognitionService::modelLoaded, service.get(),
                         [this](const LoadedModel& model) { loaded += model; });
        QObject::connect(service.get(), &RecognitionService::modelFailed, service.get(),
                         [this](const Error& error) { modelErrors += error; });
        QObject::connect(service.get(), &RecognitionService::recognized, service.get(),
                         [this, ended](quint64 id, const Recognition& answer, const QImage& photo) {
                             EXPECT_EQ(photo.isNull(), withoutPicture.contains(id));
                             answers[id] = answer;
                             ended(id);
                         });
        QObject::connect(service.get(), &RecognitionService::failed, service.get(),
                         [this, ended](quint64 id, const Error& error) {
                             errors[id] = error;
                             ended(id);
                         });
        QObject::connect(service.get(), &RecognitionService::dropped, service.get(),
                         [this, ended](quint64 id) {
                             dropped += id;
                             ended(id);
                         });
    }

    static PhotoSource photo(int index)
    {
        PhotoSource source;
        source.image = fakePhoto(index);
        return source;
    }
    /// Asks ahead for `count` files, the n-th of colour n % 5.
    QList<quint64> askAhead(int count)
    {
        QList<quint64> ids;
        for (int i = 0; i < count; ++i) {
            const QString file = folder.filePath(QStringLiteral("%1.png").arg(i));
            EXPECT_TRUE(fakePhoto(i % 5).save(file));
            ids += service->requestAhead(file);
            withoutPicture.insert(ids.last());
        }
        return ids;
    }
    [[nodiscard]] bool waitForEndings(int count)
    {
        return waitFor([&] { return order.size() >= count; }, 60'000);
    }
    /// Lets signals arrive that should not.
    void settle()
    {
        (void)waitFor([] { return false; }, 50);
    }
    void expectEachEndedOnce(int count) const
    {
        EXPECT_EQ(endings.size(), count);
        for (auto it = endings.cbegin(); it != endings.cend(); ++it)
            EXPECT_EQ(it.value(), 1) << "request " << it.key();
    }
};

} // namespace goodsight::testsupport
