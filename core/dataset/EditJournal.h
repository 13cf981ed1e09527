#pragma once

#include "core/dataset/DatasetStore.h"
#include "core/dataset/Sql.h"

#include <QJsonObject>

namespace goodsight {

/// The kind of an entry by which an answer was taken without a person.
inline constexpr QLatin1String kAutomaticAnswer{"automatic"};

/// A photo's file that no row stands for any more.
struct OrphanedFile {
    QString sha256;
    QString suffix;
};

/// The journal of a project: every change of its photos and labels is an entry with what was before and
/// after, so that it can be taken back and done again, also by a later process. Part of the caller's
/// Transaction.
///
/// undo() takes back what persons did, the newest first, and leaves out entries of kind kAutomaticAnswer
/// that came in between. It may: an automatic answer is only taken for a photo that the project does not
/// have, so no older live entry is about its photo, and newer ones about it are taken back before it
/// (undoAutomatic() asks for one that counts). redo() goes the same way back, until there is any new entry.
class EditJournal {
public:
    explicit EditJournal(sql::Session& session);

    /// Begins an entry. What was undone cannot be done again from here on; photos whose import was undone are
    /// deleted now, and `orphans` gets their files, for deleting after the commit.
    [[nodiscard]] qint64 begin(const QString& kind, const QString& sha256, const QString& labelId,
                               QList<OrphanedFile>& orphans, const QJsonObject& payload = {});
    /// Notes that the entry brought the photo into the project.
    void added(qint64 edit, qint64 image);
    /// Gives the photo a label as part of the entry; gives the annotation's id. `prediction` 0: none was
    /// shown.
    qint64 annotate(qint64 edit, qint64 image, const QString& labelId, PhotoState origin, qint64 prediction);
    /// Notes labels that the entry made.
    void madeLabel(qint64 edit, const QString& labelId);
    /// Writes a label merge down and does it.
    void merge(qint64 edit, const Label& from, const Label& into);

    /// Takes the newest live entry of a person back, or does again what was taken back last; gives that
    /// entry. Errors: "nothing-to-undo", "nothing-to-redo".
    [[nodiscard]] Result<EditRow> undo();
    [[nodiscard]] Result<EditRow> redo();
    /// Takes the automatic answer back that counts for the photo. Error "nothing-to-undo": none does.
    [[nodiscard]] Result<EditRow> undoAutomatic(const QString& sha256);
    /// The entry that the next undo() or redo() is about; 0: none.
    [[nodiscard]] qint64 undoTarget();
    [[nodiscard]] qint64 redoTarget();

    /// Whether what was written, taken back or done again here was about labels.
    [[nodiscard]] bool touchedLabels() const { return m_touchedLabels; }

    [[nodiscard]] std::optional<EditRow> entry(qint64 edit);
    [[nodiscard]] QList<EditRow> history(qint64 limit, qint64 offset);

private:
    [[nodiscard]] QJsonObject payload(qint64 edit);
    void apply(qint64 edit, bool forward);
    void refresh(const QString& where, const QVariantList& values);
    [[nodiscard]] Result<EditRow> move(qint64 edit, bool forward);
    [[nodiscard]] Result<EditRow> takeBack(qint64 edit);

    sql::Session& m_session;
    bool m_touchedLabels = false;
};

/// A label as the journal's payload keeps it.
[[nodiscard]] QJsonObject labelToJson(const Label& label);
[[nodiscard]] Label labelFromJson(const QJsonObject& object);

} // namespace goodsight
