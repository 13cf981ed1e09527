#include "core/dataset/DatasetStore.h"

#include "core/base/SerialExecutor.h"
#include "core/dataset/AutomaticRows.h"
#include "core/dataset/Database.h"
#include "core/dataset/EditJournal.h"
#include "core/dataset/LabelRows.h"
#include "core/dataset/ModelRows.h"
#include "core/dataset/PhotoFiles.h"
#include "core/dataset/PhotoQueries.h"
#include "core/dataset/ProjectLock.h"
#include "core/dataset/ProjectWriter.h"
#include "core/dataset/SplitRows.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QPointer>
#include <QStorageInfo>
#include <QTimer>
#include <QtEndian>

#include <exception>
#include <type_traits>

namespace goodsight {

namespace {

/// How often a read-only window looks whether the writer of another process has committed something.
constexpr int kLookMilliseconds = 1000;

Error cannotMakeFolder(const QString& folder)
{
    const QString name = quotedName(folder);
    const QStorageInfo storage(QFileInfo(folder).absolutePath());
    if (storage.isValid() && !storage.isReadOnly() && storage.bytesAvailable() == 0)
        return {QStringLiteral("disk-full"),
                QCoreApplication::translate("goodsight::Dataset",
                                            "The folder %1 cannot be made: the disk is full.")
                    .arg(name),
                QCoreApplication::translate("goodsight::Dataset", "Free some space and try again.")};
    return {QStringLiteral("read-only"),
            QCoreApplication::translate("goodsight::Dataset", "The folder %1 cannot be made.").arg(name),
            QCoreApplication::translate("goodsight::Dataset", "Choose a folder that you may write to.")};
}

Error openedReadOnly(const QString& dir)
{
    return {QStringLiteral("read-only"),
            QCoreApplication::translate("goodsight::Dataset", "The project %1 is open for reading only.")
                .arg(quotedName(dir)),
            QCoreApplication::translate("goodsight::Dataset",
                                        "Close it where it is being used, then open it again here.")};
}

/// Library exceptions (no memory, above all) end here.
template <typename Work>
auto guarded(const Work& work) noexcept -> std::invoke_result_t<Work>
{
    try {
        return work();
    } catch (const std::exception& e) {
        return fail("internal", QCoreApplication::translate("goodsight::Dataset", "The project answered: %1")
                                    .arg(QString::fromLocal8Bit(e.what())));
    } catch (...) {
        return fail("internal", QCoreApplication::translate("goodsight::Dataset", "The project failed."));
    }
}

} // namespace

class DatasetStore::Private {
public:
    QString dir;
    Access access = Access::ReadWrite;
    std::unique_ptr<ProjectLock> lock;
    database::Reader reader;
    std::unique_ptr<SerialExecutor> executor;
    std::unique_ptr<ProjectWriter> writer; ///< the executor's thread only
    qint64 dataVersion = 0;
    QList<Label> seenLabels; ///< a read-only window's, to tell when the other process changes them

    ~Private()
    {
        if (!executor)
            return;
        // The writer goes last: only it can move the log into the database and leave one file behind.
        reader = {};
        executor->drain();
        executor->run([this] { writer.reset(); });
        executor.reset();
    }

    /// Runs `work` on the writer's thread and waits; `labels`: whether it changed them.
    template <typename Work>
    auto write(const Work& work, bool& labels) -> std::invoke_result_t<Work, ProjectWriter&>
    {
        if (!executor)
            return fail(openedReadOnly(dir));
        std::invoke_result_t<Work, ProjectWriter&> result = fail(Error{});
        executor->run([&] {
            result = guarded([&] { return work(*writer); });
            labels = writer->takeLabelsChanged();
        });
        tidyLater();
        return result;
    }

    static void tell(const QPointer<DatasetStore>& store, bool labels)
    {
        if (store && labels)
            Q_EMIT store->labelsChanged();
        if (store)
            Q_EMIT store->changed();
    }

    /// write(), and the signals where it succeeded.
    template <typename Work>
    auto writeAndTell(DatasetStore* store, const Work& work)
    {
        bool labels = false;
        auto result = write(work, labels);
        if (result)
            tell(store, labels);
        return result;
    }

    /// A write that nobody's page shows.
    template <typename Work>
    Result<void> writeQuietly(const Work& work)
    {
        bool labels = false;
        return write(work, labels);
    }

    /// One transaction of `work(session)`, from any thread; changed() follows from the store's own.
    template <typename Work>
    auto change(DatasetStore* store, const Work& work) -> Result<std::invoke_result_t<Work, sql::Session&>>
    {
        std::invoke_result_t<Work, sql::Session&> made{};
        bool labels = false;
        const auto done = write(
            [&](ProjectWriter& one) {
                return one.change([&](sql::Session& session) { made = work(session); });
            },
            labels);
        if (!done)
            return fail(done.error());
        QMetaObject::invokeMethod(
            store, [store] { tell(store, false); }, Qt::QueuedConnection);
        return made;
    }

    /// Runs `work` on the writer's thread; `done` gets its result on the store's.
    template <typename Work>
    void writeAsync(DatasetStore* store, Work work, std::function<void(Result<PhotoRow>)> done)
    {
        if (!executor) {
            QMetaObject::invokeMethod(
                store, [done, error = openedReadOnly(dir)] { done(fail(error)); }, Qt::QueuedConnection);
            return;
        }
        // `done` moves along: what it captured must not be destroyed on the writer's thread.
        executor->post([this, store, work, done = std::move(done)]() mutable {
            auto result = guarded([&] { return work(*writer); });
            QMetaObject::invokeMethod(
                store,
                [store, labels = writer->takeLabelsChanged(), result = std::move(result),
                 done = std::move(done)] {
                    // Who answered knows first, so that it does not take its own answer for another's; and it
                    // may close the project.
                    const QPointer<DatasetStore> open(store);
                    if (done)
                        done(result);
                    if (result)
                        tell(open, labels);
                },
                Qt::QueuedConnection);
            tidyLater();
        });
    }

    /// writeQuietly() on the writer's thread; `done` gets its result on the store's.
    template <typename Work>
    void writeQuietlyAsync(DatasetStore* store, Work work, std::function<void(Result<void>)> done)
    {
        if (!executor) {
            QMetaObject::invokeMethod(
                store, [done, error = openedReadOnly(dir)] { done(fail(error)); }, Qt::QueuedConnection);
            return;
        }
        executor->post([this, store, work, done = std::move(done)]() mutable {
            Result<void> result = guarded([&] { return work(*writer); });
            QMetaObject::invokeMethod(
                store, [result = std::move(result), done = std::move(done)] { done(result); },
                Qt::QueuedConnection);
            tidyLater();
        });
    }

    /// Asks on the store's thread.
    template <typename Ask>
    auto read(const Ask& ask) const -> Result<std::invoke_result_t<Ask, sql::Session&>>
    {
        sql::Session session(*reader.connection);
        auto answered = ask(session);
        if (!session.ok())
            return fail(session.result().error());
        return answered;
    }

    void tidyLater()
    {
        executor->post([this] {
            guarded([this]() -> Result<void> {
                writer->deleteOrphans();
                return {};
            });
        });
    }

    qint64 version() const
    {
        sql::Session session(*reader.connection);
        return session.value(QStringLiteral("PRAGMA data_version")).toLongLong();
    }

    Result<void> openForWriting()
    {
        const bool anew = !QFileInfo::exists(database::file(dir));
        if (!QDir().mkpath(dir))
            return fail(cannotMakeFolder(dir));
        auto taken = ProjectLock::take(dir);
        if (!taken)
            return fail(taken.error());
        lock = std::move(*taken);
        executor = std::make_unique<SerialExecutor>(QStringLiteral("goodsight-dataset"));
        Result<void> opened;
        executor->run([&] {
            opened = guarded([&]() -> Result<void> {
                auto made = ProjectWriter::open(dir);
                if (!made)
                    return fail(made.error());
                writer = std::move(*made);
                return {};
            });
        });
        if (!opened)
            return opened;
        for (const QString& folder : {QStringLiteral("/images"), QStringLiteral("/models")})
            if (!QDir().mkpath(dir + folder))
                return fail(cannotMakeFolder(dir + folder));
        if (anew) {
            flushFolder(dir);
            flushFolder(QFileInfo(dir).absolutePath());
        }
        if (lock->tookOver())
            executor->post([files = PhotoFiles(dir)] { files.removeLeftovers(); });
        return {};
    }
};

DatasetStore::DatasetStore(std::unique_ptr<Private> priv)
    : d(std::move(priv))
{
    if (d->access == Access::ReadWrite || d->reader.frozen)
        return;
    d->dataVersion = d->version();
    d->seenLabels = labels();
    auto* timer = new QTimer(this);
    connect(timer, &QTimer::timeout, this, [this] {
        const qint64 version = d->version();
        if (std::exchange(d->dataVersion, version) == version)
            return;
        const QList<Label> now = labels();
        Private::tell(this, std::exchange(d->seenLabels, now) != now);
    });
    timer->start(kLookMilliseconds);
}

DatasetStore::~DatasetStore() = default;

Result<std::unique_ptr<DatasetStore>> DatasetStore::open(const QString& dir, Access access)
{
    auto d = std::make_unique<Private>();
    d->dir = QDir::cleanPath(QFileInfo(dir).absoluteFilePath());
    d->access = access;
    if (access == Access::ReadWrite)
        if (auto opened = d->openForWriting(); !opened)
            return fail(opened.error());
    auto reader = database::openReader(d->dir);
    if (!reader)
        return fail(reader.error());
    d->reader = std::move(*reader);
    return std::unique_ptr<DatasetStore>(new DatasetStore(std::move(d)));
}

bool DatasetStore::exists(const QString& dir)
{
    return QFileInfo::exists(database::file(dir));
}

QString DatasetStore::dir() const
{
    return d->dir;
}

DatasetStore::Access DatasetStore::access() const
{
    return d->access;
}

void DatasetStore::answerAsync(const Answer& answer, const std::function<void(Result<PhotoRow>)>& done)
{
    d->writeAsync(
        this, [answer](ProjectWriter& writer) { return writer.answer(answer); }, done);
}

void DatasetStore::addPhotoAsync(const PhotoData& photo, const std::function<void(Result<PhotoRow>)>& done)
{
    d->writeAsync(
        this, [photo](ProjectWriter& writer) { return writer.addPhoto(photo); }, done);
}

void DatasetStore::undoAsync(const std::function<void(Result<PhotoRow>)>& done)
{
    d->writeAsync(
        this, [](ProjectWriter& writer) { return writer.undo(); }, done);
}

void DatasetStore::undoAutomaticAsync(const QString& sha256,
                                      const std::function<void(Result<PhotoRow>)>& done)
{
    d->writeAsync(
        this, [sha256](ProjectWriter& writer) { return writer.undoAutomatic(sha256); }, done);
}

void DatasetStore::redoAsync(const std::function<void(Result<PhotoRow>)>& done)
{
    d->writeAsync(
        this, [](ProjectWriter& writer) { return writer.redo(); }, done);
}

Result<PhotoRow> DatasetStore::answer(const Answer& answer)
{
    return d->writeAndTell(this, [&](ProjectWriter& writer) { return writer.answer(answer); });
}

Result<PhotoRow> DatasetStore::addPhoto(const PhotoData& photo)
{
    return d->writeAndTell(this, [&](ProjectWriter& writer) { return writer.addPhoto(photo); });
}

Result<PhotoRow> DatasetStore::label(const QString& sha256, const QString& labelId)
{
    return d->writeAndTell(this, [&](ProjectWriter& writer) { return writer.label(sha256, labelId); });
}

Result<QList<ImportOutcome>> DatasetStore::importPhotos(qint64& edit, const QList<ImportItem>& items)
{
    bool labels = false;
    auto outcomes = d->write([&](ProjectWriter& writer) { return writer.importPhotos(edit, items); }, labels);
    if (outcomes)
        QMetaObject::invokeMethod(
            this, [this, labels] { Private::tell(this, labels); }, Qt::QueuedConnection);
    return outcomes;
}

Result<void> DatasetStore::keepEmbeddings(const QString& backbone, const QList<KeptEmbedding>& embeddings)
{
    return d->writeQuietly(
        [&](ProjectWriter& writer) { return writer.keepEmbeddings(backbone, embeddings); });
}

void DatasetStore::keepEmbeddingsAsync(const QString& backbone, const QList<KeptEmbedding>& embeddings,
                                       const std::function<void(Result<void>)>& done)
{
    d->writeQuietlyAsync(
        this,
        [backbone, embeddings](ProjectWriter& writer) { return writer.keepEmbeddings(backbone, embeddings); },
        done);
}

Result<PartCounts> DatasetStore::split(const SplitOptions& options, const QHash<QString, qint64>& groups)
{
    return d->change(this, [&](sql::Session& session) { return splitrows::apply(session, options, groups); });
}

Result<void> DatasetStore::keepHashes(const QList<KeptHash>& hashes)
{
    return d->writeQuietly([&](ProjectWriter& writer) { return writer.keepHashes(hashes); });
}

Result<ModelRecord> DatasetStore::registerModel(const ModelRecord& model)
{
    return d->change(this, [&](sql::Session& session) { return modelrows::add(session, model); });
}

Result<QList<ModelRecord>> DatasetStore::models() const
{
    return d->read([](sql::Session& session) { return modelrows::all(session); });
}

Result<QList<ModelRecord>> DatasetStore::lineage(const QString& fingerprint) const
{
    return d->read([&](sql::Session& session) { return modelrows::lineage(session, fingerprint); });
}

Result<ModelRecord> DatasetStore::moveModel(qint64 id, ModelStage stage, const ModelRef& inUse)
{
    return d->change(this, [&](sql::Session& session) { return modelrows::move(session, id, stage, inUse); });
}

Result<ModelRef> DatasetStore::takeModelBack()
{
    return d->change(this, [](sql::Session& session) { return modelrows::takeBack(session); });
}

Result<void> DatasetStore::keepShadow(qint64 model, const QString& against,
                                      const QList<ShadowAnswer>& answers)
{
    return d->writeQuietly([&](ProjectWriter& writer) {
        return writer.change(
            [&](sql::Session& session) { modelrows::keepShadow(session, model, against, answers); });
    });
}

void DatasetStore::keepShadowAsync(qint64 model, const QString& against, const QList<ShadowAnswer>& answers,
                                   const std::function<void(Result<void>)>& done)
{
    d->writeQuietlyAsync(
        this,
        [model, against, answers](ProjectWriter& writer) {
            return writer.change(
                [&](sql::Session& session) { modelrows::keepShadow(session, model, against, answers); });
        },
        done);
}

Result<QList<ShadowPhoto>> DatasetStore::shadowPhotos(qint64 model, const QString& against,
                                                      bool onlyDiffering, qint64 limit, qint64 offset) const
{
    return d->read([&](sql::Session& session) {
        return modelrows::shadow(session,
                                 modelrows::shadowStatement(model, against, onlyDiffering, limit, offset));
    });
}

Result<QList<TimedAnswer>> DatasetStore::answers(const std::optional<TimedAnswer>& after, qint64 limit) const
{
    return d->read([&](sql::Session& session) {
        return photoqueries::answers(session, photoqueries::answersStatement(after, limit));
    });
}

Result<AutomaticTally> DatasetStore::automaticTally(const QString& modelFingerprint,
                                                    const QDateTime& since) const
{
    return d->read(
        [&](sql::Session& session) { return automaticrows::tally(session, modelFingerprint, since); });
}

quint64 DatasetStore::seed() const
{
    sql::Session session(*d->reader.connection);
    const QString uuid =
        session.value(QStringLiteral("SELECT value FROM meta WHERE key = 'uuid'")).toString();
    return qFromBigEndian<quint64>(
        QCryptographicHash::hash(uuid.toUtf8(), QCryptographicHash::Sha256).constData());
}

Result<PhotoRow> DatasetStore::undo()
{
    return d->writeAndTell(this, [](ProjectWriter& writer) { return writer.undo(); });
}

Result<PhotoRow> DatasetStore::undoAutomatic(const QString& sha256)
{
    return d->writeAndTell(this, [&](ProjectWriter& writer) { return writer.undoAutomatic(sha256); });
}

Result<PhotoRow> DatasetStore::redo()
{
    return d->writeAndTell(this, [](ProjectWriter& writer) { return writer.redo(); });
}

Result<void> DatasetStore::ensureLabels(const QList<Label>& labels)
{
    bool anew = false;
    const auto result = d->write([&](ProjectWriter& writer) { return writer.ensureLabels(labels); }, anew);
    if (result && anew)
        Private::tell(this, true);
    return result;
}

Result<Label> DatasetStore::createLabel(const QString& name)
{
    return d->writeAndTell(this, [&](ProjectWriter& writer) { return writer.createLabel(name); });
}

Result<Label> DatasetStore::renameLabel(const QString& id, const QString& zh, const QString& en)
{
    return d->writeAndTell(this, [&](ProjectWriter& writer) { return writer.renameLabel(id, zh, en); });
}

Result<Label> DatasetStore::mergeLabels(const QString& from, const QString& into)
{
    return d->writeAndTell(this, [&](ProjectWriter& writer) { return writer.mergeLabels(from, into); });
}

bool DatasetStore::canUndo() const
{
    sql::Session session(*d->reader.connection);
    return EditJournal(session).undoTarget() > 0;
}

bool DatasetStore::canRedo() const
{
    sql::Session session(*d->reader.connection);
    return EditJournal(session).redoTarget() > 0;
}

std::optional<EditRow> DatasetStore::nextUndo() const
{
    sql::Session session(*d->reader.connection);
    EditJournal journal(session);
    return journal.entry(journal.undoTarget());
}

Result<QList<EditRow>> DatasetStore::history(qint64 limit, qint64 offset) const
{
    return d->read([&](sql::Session& session) { return EditJournal(session).history(limit, offset); });
}

QList<Label> DatasetStore::labels() const
{
    sql::Session session(*d->reader.connection);
    return labelrows::all(session);
}

std::optional<Label> DatasetStore::findLabel(const QString& name) const
{
    sql::Session session(*d->reader.connection);
    return labelrows::findByName(session, name);
}

Result<QList<PhotoRow>> DatasetStore::photos(const PhotoQuery& query) const
{
    return d->read([&](sql::Session& session) { return photoqueries::page(session, query, d->dir); });
}

Result<qint64> DatasetStore::count(const PhotoQuery& query) const
{
    return d->read([&](sql::Session& session) { return photoqueries::count(session, query); });
}

Result<ProjectStats> DatasetStore::stats() const
{
    return d->read([&](sql::Session& session) { return photoqueries::stats(session); });
}

Result<PhotoRow> DatasetStore::photo(const QString& sha256) const
{
    const auto found =
        d->read([&](sql::Session& session) { return photoqueries::bySha256(session, sha256, d->dir); });
    if (!found)
        return fail(found.error());
    if (!*found)
        return fail(photoqueries::unknown(sha256));
    return **found;
}

} // namespace goodsight
