#include "core/dataset/ProjectWriter.h"

#include "core/base/Job.h"
#include "core/dataset/AutomaticRows.h"
#include "core/dataset/Database.h"
#include "core/dataset/LabelRows.h"
#include "core/dataset/PhotoQueries.h"
#include "core/imaging/CaptureTime.h"
#include "core/labels/LabelId.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace goodsight {

namespace {

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

void keepEmbedding(sql::Session& session, const QString& backbone, const KeptEmbedding& one)
{
    const QByteArray blob(reinterpret_cast<const char*>(one.embedding.data()),
                          static_cast<qsizetype>(one.embedding.size() * sizeof(float)));
    session.run(QStringLiteral("INSERT OR REPLACE INTO embeddings (image_id, fingerprint, vector)"
                               " SELECT id, ?, ? FROM images WHERE sha256 = ?"),
                {backbone, blob, one.sha256});
}

qint64 insertPrediction(sql::Session& session, qint64 image, const ShownPrediction& prediction)
{
    if (prediction.model.isEmpty() && prediction.top.isEmpty())
        return 0;
    QJsonArray top;
    for (const ShownCandidate& candidate : prediction.top)
        top.append(QJsonObject{{QStringLiteral("id"), candidate.labelId},
                               {QStringLiteral("confidence"), candidate.confidence}});
    return session.insert(
        QStringLiteral("INSERT INTO predictions (image_id, model, fingerprint, backend, top, at) "
                       "VALUES (?, ?, ?, ?, ?, ?)"),
        {image, prediction.model, prediction.modelFingerprint, prediction.backend,
         QString::fromUtf8(QJsonDocument(top).toJson(QJsonDocument::Compact)), now()});
}

} // namespace

ProjectWriter::ProjectWriter(QString projectDir, std::unique_ptr<sql::Connection> connection)
    : m_dir(std::move(projectDir))
    , m_files(m_dir)
    , m_connection(std::move(connection))
{}

Result<std::unique_ptr<ProjectWriter>> ProjectWriter::open(const QString& projectDir)
{
    auto connection = database::openWriter(projectDir);
    if (!connection)
        return fail(connection.error());
    return std::unique_ptr<ProjectWriter>(new ProjectWriter(projectDir, std::move(*connection)));
}

Result<ProjectWriter::Stored> ProjectWriter::store(const PhotoData& photo) const
{
    if (photo.bytes.isEmpty() && photo.path.isEmpty())
        return fail("empty-file",
                    QCoreApplication::translate("goodsight::Dataset", "There is no photo to keep."));
    QByteArray bytes = photo.bytes;
    if (bytes.isEmpty()) {
        auto read = readPhotoFile(photo.path);
        if (!read)
            return fail(read.error());
        bytes = std::move(*read);
    }
    const QFileInfo info(photo.path);
    Stored stored;
    stored.sha256 = sha256Of(bytes);
    if (!photo.sha256.isEmpty() && photo.sha256.toLower() != stored.sha256)
        return fail("photo-changed",
                    QCoreApplication::translate("goodsight::Dataset", "“%1” has changed since it was shown.")
                        .arg(quotedName(photo.path)),
                    QCoreApplication::translate("goodsight::Dataset", "Open it again and answer once more."));
    stored.suffix = safeSuffix(photo.suffix.isEmpty() ? info.suffix() : photo.suffix);
    stored.name = photo.path.isEmpty() ? QString() : info.fileName();
    stored.source = photo.source;
    stored.bytes = bytes.size();
    stored.pixels = photo.pixels.isValid() ? photo.pixels : QSize(0, 0);
    // A file's own time is only as good as the way that it came: copying often sets it anew.
    const QDateTime captured = captureTime(bytes);
    stored.capturedAt = captured.isValid()                       ? captured.toMSecsSinceEpoch()
                        : photo.path.isEmpty() || !info.exists() ? now()
                                                                 : info.lastModified().toMSecsSinceEpoch();
    if (photo.inPlace && !photo.path.isEmpty()) {
        stored.reference = info.absoluteFilePath();
        return stored;
    }
    // The same bytes may be there under another suffix.
    sql::Session session(*m_connection);
    const QString known =
        session.value(QStringLiteral("SELECT suffix FROM images WHERE sha256 = ?"), {stored.sha256})
            .toString();
    if (!known.isEmpty())
        stored.suffix = known;
    const auto written = m_files.store(stored.sha256, stored.suffix, bytes);
    if (!written)
        return fail(written.error());
    stored.written = *written;
    // A photo that was only referenced is the project's own once it was copied, whatever else comes of this.
    if (!known.isEmpty())
        session.run(
            QStringLiteral("UPDATE images SET reference = NULL WHERE sha256 = ? AND reference IS NOT NULL"),
            {stored.sha256});
    if (!session.ok())
        return fail(session.result().error());
    return stored;
}

void ProjectWriter::forget(const Stored& stored) const
{
    if (!stored.written)
        return;
    sql::Session session(*m_connection);
    const bool used =
        session.value(QStringLiteral("SELECT 1 FROM images WHERE sha256 = ?"), {stored.sha256}).isValid();
    if (session.ok() && !used)
        m_files.remove(stored.sha256, stored.suffix);
}

qint64 ProjectWriter::imageRow(sql::Session& session, const Stored& stored, bool& added) const
{
    const QVariant known =
        session.value(QStringLiteral("SELECT id FROM images WHERE sha256 = ?"), {stored.sha256});
    added = !known.isValid();
    if (added)
        return session.insert(QStringLiteral("INSERT INTO images (sha256, suffix, name, reference, bytes, "
                                             "width, height, captured_at, added_at, "
                                             "source) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                              {stored.sha256, stored.suffix, stored.name,
                               stored.reference.isEmpty() ? QVariant() : QVariant(stored.reference),
                               stored.bytes, stored.pixels.width(), stored.pixels.height(), stored.capturedAt,
                               now(), stored.source});
    return known.toLongLong();
}

Result<PhotoRow> ProjectWriter::row(qint64 image) const
{
    sql::Session session(*m_connection);
    const auto found = photoqueries::byId(session, image, m_dir);
    if (!session.ok())
        return fail(session.result().error());
    return found.value_or(PhotoRow{});
}

Result<Label> ProjectWriter::labelOf(const QString& id) const
{
    sql::Session session(*m_connection);
    const auto found = labelrows::find(session, id);
    if (!session.ok())
        return fail(session.result().error());
    if (!found)
        return fail(labelrows::unknown(id));
    return *found;
}

Result<PhotoRow> ProjectWriter::answer(const Answer& answer)
{
    const bool byItself = answer.automatic && !answer.automatic->audit;
    if (answer.state == PhotoState::Unseen || (answer.state == PhotoState::Automatic) != byItself)
        return fail("bad-answer",
                    QCoreApplication::translate("goodsight::Dataset", "An answer must say what it was."));
    const bool byName = answer.labelId.isEmpty() && !answer.newLabelName.isEmpty();
    if (byName && labelNameKey(answer.newLabelName).isEmpty())
        return fail(labelrows::nameMissing());
    const auto known = byName ? Result<Label>() : labelOf(answer.labelId);
    if (!known)
        return fail(known.error());
    const auto stored = store(answer.photo);
    if (!stored)
        return fail(stored.error());

    QList<OrphanedFile> orphans;
    sql::Transaction transaction(*m_connection);
    const auto [label, made] =
        byName ? labelrows::named(transaction, answer.newLabelName) : labelrows::Named{*known, false};
    EditJournal journal(transaction);
    const qint64 edit = journal.begin(byItself ? kAutomaticAnswer : QStringLiteral("answer"), stored->sha256,
                                      label.id, orphans);
    if (made)
        journal.madeLabel(edit, label.id);
    bool added = false;
    const qint64 image = imageRow(transaction, *stored, added);
    if (byItself && !added)
        transaction.reject(
            {QStringLiteral("known-already"),
             QCoreApplication::translate("goodsight::Dataset", "“%1” is in the project already.")
                 .arg(quotedName(stored->name)),
             {}});
    const qint64 annotation = journal.annotate(edit, image, label.id, answer.state,
                                               insertPrediction(transaction, image, answer.prediction));
    if (answer.automatic)
        automaticrows::keep(transaction, edit, image, annotation, *answer.automatic);
    if (!answer.embedding.empty() && !answer.backbone.isEmpty())
        keepEmbedding(transaction, answer.backbone, {stored->sha256, answer.embedding});
    if (auto done = transaction.commit(); !done) {
        forget(*stored);
        return fail(done.error());
    }
    m_orphans += orphans;
    m_labelsChanged |= made;
    return row(image);
}

Result<PhotoRow> ProjectWriter::addPhoto(const PhotoData& photo)
{
    const auto stored = store(photo);
    if (!stored)
        return fail(stored.error());
    sql::Session session(*m_connection);
    const QVariant known = session.value(
        QStringLiteral("SELECT id FROM images WHERE sha256 = ? AND removed = 0"), {stored->sha256});
    if (known.isValid())
        return row(known.toLongLong());

    QList<OrphanedFile> orphans;
    sql::Transaction transaction(*m_connection);
    EditJournal journal(transaction);
    const qint64 edit = journal.begin(QStringLiteral("add"), stored->sha256, {}, orphans);
    bool added = false;
    const qint64 image = imageRow(transaction, *stored, added);
    journal.added(edit, image);
    if (auto done = transaction.commit(); !done) {
        forget(*stored);
        return fail(done.error());
    }
    m_orphans += orphans;
    return row(image);
}

Result<PhotoRow> ProjectWriter::label(const QString& sha256, const QString& labelId)
{
    const auto label = labelOf(labelId);
    if (!label)
        return fail(label.error());
    QList<OrphanedFile> orphans;
    sql::Transaction transaction(*m_connection);
    const auto photo = photoqueries::bySha256(transaction, sha256, m_dir);
    if (transaction.ok() && !photo)
        return fail(photoqueries::unknown(sha256));
    EditJournal journal(transaction);
    const qint64 image = photo ? photo->id : 0;
    const qint64 edit = journal.begin(QStringLiteral("answer"), sha256.toLower(), label->id, orphans);
    journal.annotate(edit, image, label->id, PhotoState::Corrected, 0);
    if (auto done = transaction.commit(); !done)
        return fail(done.error());
    m_orphans += orphans;
    return row(image);
}

QString ProjectWriter::importLabel(sql::Session& session, EditJournal& journal, qint64 edit,
                                   const QString& name)
{
    if (labelNameKey(name).isEmpty())
        return {};
    const auto [label, made] = labelrows::named(session, name);
    if (made)
        journal.madeLabel(edit, label.id);
    return label.id;
}

void ProjectWriter::importOne(sql::Session& session, EditJournal& journal, qint64 edit,
                              const QString& labelId, const Stored& stored, ImportOutcome& outcome)
{
    const qint64 image = imageRow(session, stored, outcome.added);
    if (outcome.added)
        journal.added(edit, image);
    outcome.sha256 = stored.sha256;
    outcome.labelId = labelId;
    if (labelId.isEmpty())
        return;
    // What a person answered outweighs a folder's name.
    const int state = session.value(QStringLiteral("SELECT state FROM images WHERE id = ?"), {image}).toInt();
    const QString before =
        session.value(QStringLiteral("SELECT label_id FROM images WHERE id = ?"), {image}).toString();
    if (state == static_cast<int>(PhotoState::Unseen) || state == static_cast<int>(PhotoState::Automatic) ||
        (state == static_cast<int>(PhotoState::Imported) && before != labelId)) {
        journal.annotate(edit, image, labelId, PhotoState::Imported, 0);
        outcome.labelled = true;
    }
}

Result<QList<ImportOutcome>> ProjectWriter::importPhotos(qint64& edit, const QList<ImportItem>& items)
{
    if (edit > 0) {
        sql::Session session(*m_connection);
        if (session.value(QStringLiteral("SELECT undone FROM edits WHERE id = ?"), {edit}).toBool())
            return fail(cancelledError()); // somebody took the import back while it ran
    }
    QList<ImportOutcome> outcomes;
    QList<Stored> all;
    for (const ImportItem& item : items) {
        ImportOutcome outcome;
        auto stored = store(item.photo);
        if (!stored) {
            // A full disk ends the import; a photo that vanished does not.
            if (stored.error().code == u"disk-full" || stored.error().code == u"read-only") {
                for (const Stored& one : all)
                    forget(one);
                return fail(stored.error());
            }
            outcome.error = stored.error();
        }
        outcomes.append(outcome);
        all.append(stored.value_or(Stored{}));
    }
    QList<OrphanedFile> orphans;
    sql::Transaction transaction(*m_connection);
    EditJournal journal(transaction);
    const qint64 entry = edit > 0 ? edit : journal.begin(QStringLiteral("import"), {}, {}, orphans);
    QHash<QString, QString> labelIds; // a folder's photos come together, and finding a name reads all labels
    bool anything = edit > 0;
    for (qsizetype i = 0; i < items.size(); ++i) {
        if (outcomes[i].error)
            continue;
        const QString& name = items[i].labelName;
        if (!labelIds.contains(name))
            labelIds[name] = importLabel(transaction, journal, entry, name);
        importOne(transaction, journal, entry, labelIds[name], all[i], outcomes[i]);
        anything |= outcomes[i].added || outcomes[i].labelled;
    }
    if (!anything && transaction.ok())
        return outcomes; // photos that were known: no entry that would undo nothing
    if (auto done = transaction.commit(); !done) {
        for (const Stored& one : all)
            forget(one);
        return fail(done.error());
    }
    edit = entry;
    m_orphans += orphans;
    m_labelsChanged |= journal.touchedLabels();
    return outcomes;
}

Result<PhotoRow> ProjectWriter::move(const std::function<Result<EditRow>(EditJournal&)>& step)
{
    sql::Transaction transaction(*m_connection);
    EditJournal journal(transaction);
    const auto edit = step(journal);
    if (!edit)
        return fail(edit.error());
    if (auto done = transaction.commit(); !done)
        return fail(done.error());
    m_labelsChanged |= journal.touchedLabels();
    if (edit->sha256.isEmpty()) {
        PhotoRow none;
        none.labelId = edit->labelId;
        return none;
    }
    sql::Session session(*m_connection);
    const auto photo = photoqueries::bySha256(session, edit->sha256, m_dir);
    if (!session.ok())
        return fail(session.result().error());
    return photo.value_or(PhotoRow{});
}

Result<PhotoRow> ProjectWriter::undo()
{
    return move(&EditJournal::undo);
}

Result<PhotoRow> ProjectWriter::undoAutomatic(const QString& sha256)
{
    return move([&](EditJournal& journal) { return journal.undoAutomatic(sha256); });
}

Result<PhotoRow> ProjectWriter::redo()
{
    return move(&EditJournal::redo);
}

Result<void> ProjectWriter::keepEmbeddings(const QString& backbone, const QList<KeptEmbedding>& embeddings)
{
    sql::Transaction transaction(*m_connection);
    for (const KeptEmbedding& one : embeddings)
        keepEmbedding(transaction, backbone, one);
    return transaction.commit();
}

Result<void> ProjectWriter::keepHashes(const QList<KeptHash>& hashes)
{
    sql::Transaction transaction(*m_connection);
    for (const KeptHash& one : hashes)
        transaction.run(QStringLiteral("INSERT OR REPLACE INTO image_hashes (image_id, hash)"
                                       " SELECT id, ? FROM images WHERE sha256 = ?"),
                        {one.hash ? QVariant(static_cast<qint64>(*one.hash)) : QVariant(), one.sha256});
    return transaction.commit();
}

Result<void> ProjectWriter::change(const std::function<void(sql::Session&)>& work)
{
    sql::Transaction transaction(*m_connection);
    work(transaction);
    return transaction.commit();
}

Result<void> ProjectWriter::ensureLabels(const QList<Label>& labels)
{
    bool changed = false;
    sql::Transaction transaction(*m_connection);
    for (const Label& label : labels) {
        if (!isValidLabelId(label.id))
            return fail("label-id-invalid",
                        QCoreApplication::translate("goodsight::Dataset", "%1 cannot be a label's id.")
                            .arg(quotedName(label.id)),
                        QCoreApplication::translate("goodsight::Dataset",
                                                    "Ids are lower-case letters, digits and hyphens."));
        changed |= labelrows::ensure(transaction, label);
    }
    if (auto done = transaction.commit(); !done)
        return done;
    m_labelsChanged |= changed;
    return {};
}

Result<Label> ProjectWriter::createLabel(const QString& name)
{
    if (labelNameKey(name).isEmpty())
        return fail(labelrows::nameMissing());
    QList<OrphanedFile> orphans;
    sql::Transaction transaction(*m_connection);
    const auto [label, made] = labelrows::named(transaction, name);
    if (!made && transaction.ok())
        return label;
    EditJournal journal(transaction);
    const qint64 edit = journal.begin(QStringLiteral("new-label"), {}, label.id, orphans);
    journal.madeLabel(edit, label.id);
    if (auto done = transaction.commit(); !done)
        return fail(done.error());
    m_orphans += orphans;
    m_labelsChanged = true;
    return label;
}

Result<Label> ProjectWriter::renameLabel(const QString& id, const QString& zh, const QString& en)
{
    const auto before = labelOf(id);
    if (!before)
        return fail(before.error());
    Label after = *before;
    after.zh = zh.simplified();
    after.en = en.simplified();
    if (after.zh.isEmpty() && after.en.isEmpty())
        return fail("label-name-missing",
                    QCoreApplication::translate("goodsight::Dataset", "A product needs a name."),
                    QCoreApplication::translate("goodsight::Dataset", "Type its Chinese or English name."));
    QList<OrphanedFile> orphans;
    sql::Transaction transaction(*m_connection);
    EditJournal journal(transaction);
    static_cast<void>(journal.begin(
        QStringLiteral("rename-label"), {}, after.id, orphans,
        {{QStringLiteral("before"), labelToJson(*before)}, {QStringLiteral("after"), labelToJson(after)}}));
    labelrows::setNames(transaction, after);
    if (auto done = transaction.commit(); !done)
        return fail(done.error());
    m_orphans += orphans;
    m_labelsChanged = true;
    return after;
}

Result<Label> ProjectWriter::mergeLabels(const QString& from, const QString& into)
{
    const auto source = labelOf(from);
    if (!source)
        return fail(source.error());
    const auto target = labelOf(into);
    if (!target)
        return fail(target.error());
    if (source->id == target->id)
        return fail("label-merge-itself",
                    QCoreApplication::translate("goodsight::Dataset", "%1 is that label already.").arg(from));
    QList<OrphanedFile> orphans;
    sql::Transaction transaction(*m_connection);
    EditJournal journal(transaction);
    const qint64 edit = journal.begin(QStringLiteral("merge-labels"), {}, target->id, orphans);
    journal.merge(edit, *source, *target);
    if (auto done = transaction.commit(); !done)
        return fail(done.error());
    m_orphans += orphans;
    m_labelsChanged = true;
    return *target;
}

void ProjectWriter::deleteOrphans()
{
    sql::Session session(*m_connection);
    for (const auto& [sha256, suffix] : std::exchange(m_orphans, {})) {
        // It may have come back since, under the same name.
        if (!session.value(QStringLiteral("SELECT 1 FROM images WHERE sha256 = ?"), {sha256}).isValid() &&
            session.ok())
            m_files.remove(sha256, suffix);
    }
}

} // namespace goodsight
