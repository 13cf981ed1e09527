#include "core/dataset/Migrations.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>
#include <QUuid>

namespace goodsight {

namespace {

// Times are milliseconds since 1970 UTC. `images.annotation_id`, `label_id` (merged labels followed) and
// `state` repeat what the annotations say, so that a page of a large project is one index walk. References
// between rows of one photo carry no foreign key: they go together with the photo, and checking each would
// search whole tables.
const QStringList kVersion1{
    QStringLiteral("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"),

    QStringLiteral("CREATE TABLE labels ("
                   " id TEXT PRIMARY KEY NOT NULL,"
                   " zh TEXT NOT NULL DEFAULT '',"
                   " en TEXT NOT NULL DEFAULT '',"
                   " sku TEXT NOT NULL DEFAULT '',"
                   " position INTEGER NOT NULL,"
                   " hidden INTEGER NOT NULL DEFAULT 0," // its creation was undone
                   " merged_into TEXT REFERENCES labels(id))"),

    QStringLiteral("CREATE TABLE edits ("
                   " id INTEGER PRIMARY KEY AUTOINCREMENT,"
                   " kind TEXT NOT NULL,"
                   " at INTEGER NOT NULL,"
                   " undone INTEGER NOT NULL DEFAULT 0,"
                   " target INTEGER REFERENCES edits(id)," // what an undo or redo was about
                   " sha256 TEXT NOT NULL DEFAULT '',"
                   " label_id TEXT NOT NULL DEFAULT '',"
                   " payload TEXT NOT NULL DEFAULT '')"), // JSON; label edits: names before and after
    QStringLiteral("CREATE INDEX edits_live ON edits(id) WHERE undone = 0 AND target IS NULL"),

    QStringLiteral("CREATE TABLE images ("
                   " id INTEGER PRIMARY KEY,"
                   " sha256 TEXT NOT NULL UNIQUE,"
                   " suffix TEXT NOT NULL,"
                   " name TEXT NOT NULL DEFAULT ''," // the file's name when it came
                   " reference TEXT,"                // absolute path of a photo that stays where it is
                   " bytes INTEGER NOT NULL,"
                   " width INTEGER NOT NULL DEFAULT 0,"
                   " height INTEGER NOT NULL DEFAULT 0,"
                   " captured_at INTEGER,"
                   " added_at INTEGER NOT NULL,"
                   " source TEXT NOT NULL DEFAULT '',"
                   " removed INTEGER NOT NULL DEFAULT 0," // its import was undone; gone with the next edit
                   " annotation_id INTEGER,"              // the annotation that counts
                   " label_id TEXT REFERENCES labels(id),"
                   " state INTEGER NOT NULL DEFAULT 0)"),
    QStringLiteral("CREATE INDEX images_state ON images(state) WHERE removed = 0"),
    QStringLiteral("CREATE INDEX images_label ON images(label_id) WHERE removed = 0"),
    QStringLiteral("CREATE INDEX images_removed ON images(id) WHERE removed = 1"),

    QStringLiteral("CREATE TABLE predictions ("
                   " id INTEGER PRIMARY KEY,"
                   " image_id INTEGER NOT NULL REFERENCES images(id) ON DELETE CASCADE,"
                   " model TEXT NOT NULL,"
                   " fingerprint TEXT NOT NULL DEFAULT '',"
                   " backend TEXT NOT NULL DEFAULT '',"
                   " top TEXT NOT NULL," // JSON: [{"id","confidence"}], best first
                   " at INTEGER NOT NULL)"),
    QStringLiteral("CREATE INDEX predictions_image ON predictions(image_id)"),

    QStringLiteral("CREATE TABLE annotations ("
                   " id INTEGER PRIMARY KEY,"
                   " image_id INTEGER NOT NULL REFERENCES images(id) ON DELETE CASCADE,"
                   " label_id TEXT NOT NULL REFERENCES labels(id),"
                   " origin TEXT NOT NULL CHECK (origin IN ('accepted', 'corrected', 'imported')),"
                   " at INTEGER NOT NULL,"
                   " prediction_id INTEGER)"),
    QStringLiteral("CREATE INDEX annotations_image ON annotations(image_id)"),

    QStringLiteral("CREATE TABLE edit_changes ("
                   " edit_id INTEGER NOT NULL REFERENCES edits(id) ON DELETE CASCADE,"
                   " image_id INTEGER NOT NULL REFERENCES images(id) ON DELETE CASCADE,"
                   " before INTEGER," // annotations that counted
                   " after INTEGER,"
                   " added INTEGER NOT NULL DEFAULT 0," // the edit brought the photo into the project
                   " PRIMARY KEY (edit_id, image_id)) WITHOUT ROWID"),
    QStringLiteral("CREATE INDEX edit_changes_image ON edit_changes(image_id)"),

    QStringLiteral("CREATE TABLE embeddings ("
                   " image_id INTEGER NOT NULL REFERENCES images(id) ON DELETE CASCADE,"
                   " fingerprint TEXT NOT NULL," // of the backbone and its preprocessing
                   " vector BLOB NOT NULL,"
                   " UNIQUE (image_id, fingerprint))"),

    QStringLiteral("CREATE TABLE models ("
                   " id INTEGER PRIMARY KEY,"
                   " name TEXT NOT NULL UNIQUE,"
                   " fingerprint TEXT NOT NULL,"
                   " file TEXT NOT NULL," // below models/
                   " parent TEXT NOT NULL DEFAULT '',"
                   " at INTEGER NOT NULL,"
                   " metrics TEXT NOT NULL DEFAULT '{}')"),

    QStringLiteral("CREATE TABLE splits ("
                   " image_id INTEGER PRIMARY KEY REFERENCES images(id) ON DELETE CASCADE,"
                   " part TEXT NOT NULL CHECK (part IN ('train', 'val', 'test')))"),
};

// What learning needs: hashes that find near-duplicates, where a trained model comes from and how far it has
// come, what it says beside the one in use, and the order in time of the answers.
const QStringList kVersion2{
    QStringLiteral("CREATE TABLE image_hashes ("
                   " image_id INTEGER PRIMARY KEY REFERENCES images(id) ON DELETE CASCADE,"
                   " hash INTEGER)"), // PictureHash; NULL: looked at, and nothing to compare

    QStringLiteral("ALTER TABLE models ADD COLUMN data TEXT NOT NULL DEFAULT ''"), // TrainingSet::fingerprint
    QStringLiteral("ALTER TABLE models ADD COLUMN plan TEXT NOT NULL DEFAULT '{}'"), // JSON
    QStringLiteral("ALTER TABLE models ADD COLUMN seed INTEGER NOT NULL DEFAULT 0"),
    QStringLiteral("ALTER TABLE models ADD COLUMN stage TEXT NOT NULL DEFAULT 'candidate'"
                   " CHECK (stage IN ('candidate', 'shadow', 'promoted', 'rejected'))"),
    QStringLiteral("ALTER TABLE models ADD COLUMN promoted_at INTEGER"),
    QStringLiteral("ALTER TABLE models ADD COLUMN replaced_name TEXT NOT NULL DEFAULT ''"), // one click back
    QStringLiteral("ALTER TABLE models ADD COLUMN replaced_fingerprint TEXT NOT NULL DEFAULT ''"),

    QStringLiteral("CREATE TABLE shadow ("
                   " model_id INTEGER NOT NULL REFERENCES models(id) ON DELETE CASCADE,"
                   " image_id INTEGER NOT NULL REFERENCES images(id) ON DELETE CASCADE,"
                   " against TEXT NOT NULL," // fingerprint of the model in use
                   " old_label TEXT NOT NULL,"
                   " old_confidence REAL NOT NULL,"
                   " new_label TEXT NOT NULL,"
                   " new_confidence REAL NOT NULL,"
                   " at INTEGER NOT NULL,"
                   " PRIMARY KEY (model_id, image_id)) WITHOUT ROWID"),
    QStringLiteral("CREATE INDEX shadow_image ON shadow(image_id)"),

    QStringLiteral("CREATE INDEX annotations_at ON annotations(at)"),
};

// Answers that were taken without a person, and those by which a person tests whether that may be.
const QStringList kVersion3{
    QStringLiteral("CREATE TABLE automatic ("
                   " annotation_id INTEGER PRIMARY KEY,"
                   " image_id INTEGER NOT NULL REFERENCES images(id) ON DELETE CASCADE,"
                   " edit_id INTEGER NOT NULL,"
                   " audit INTEGER NOT NULL,"    // a person answered instead
                   " label_id TEXT NOT NULL,"    // what the model said
                   " fingerprint TEXT NOT NULL," // of the model
                   " confidence REAL NOT NULL,"
                   " threshold REAL NOT NULL,"
                   " at INTEGER NOT NULL)"),
    QStringLiteral("CREATE INDEX automatic_image ON automatic(image_id)"),
    QStringLiteral("CREATE INDEX automatic_model ON automatic(fingerprint, at)"),
    // Photos a label without those answers, without a look at each photo.
    QStringLiteral("CREATE INDEX images_label_state ON images(label_id, state) WHERE removed = 0"),
};

// What an undo is about must be found at once, also behind a hundred thousand automatic answers.
const QStringList kVersion4{
    QStringLiteral("UPDATE edits SET kind = 'automatic' WHERE id IN (SELECT edit_id FROM automatic "
                   "WHERE audit = 0)"),
    QStringLiteral("DROP INDEX edits_live"),
    QStringLiteral("CREATE INDEX edits_steps ON edits(id) WHERE undone = 0 AND target IS NULL AND "
                   "kind <> 'automatic'"),
};

/// Every change of the tables since the first, oldest first. Entries are never edited, only added.
const QList<QStringList>& migrations()
{
    static const QList<QStringList> list{
        kVersion1,
        kVersion2,
        kVersion3,
        kVersion4,
    };
    return list;
}

} // namespace

int schemaVersion()
{
    return static_cast<int>(migrations().size());
}

Result<FileKind> kindOf(const sql::Connection& connection)
{
    sql::Session session(connection);
    const int version = session.value(QStringLiteral("PRAGMA user_version")).toInt();
    const int application = session.value(QStringLiteral("PRAGMA application_id")).toInt();
    const int tables = session.value(QStringLiteral("SELECT count(*) FROM sqlite_master")).toInt();
    if (!session.ok())
        return fail(session.result().error());
    if (application == 0 && version == 0 && tables == 0)
        return FileKind::Empty;
    if (application != kApplicationId)
        return FileKind::Foreign;
    return version > schemaVersion() ? FileKind::Newer : FileKind::Ours;
}

Result<void> migrate(const sql::Connection& connection)
{
    const QList<QStringList>& list = migrations();
    sql::Session session(connection);
    int version = session.value(QStringLiteral("PRAGMA user_version")).toInt();
    if (!session.ok())
        return session.result();
    for (; version < list.size(); ++version) {
        sql::Transaction transaction(connection);
        for (const QString& statement : list[version])
            transaction.run(statement);
        transaction.run(QStringLiteral("PRAGMA application_id = %1").arg(kApplicationId));
        transaction.run(QStringLiteral("PRAGMA user_version = %1").arg(version + 1));
        transaction.run(QStringLiteral("INSERT OR REPLACE INTO meta VALUES ('schema_version', ?)"),
                        {QString::number(version + 1)});
        if (version == 0) {
            transaction.run(QStringLiteral("INSERT INTO meta VALUES ('uuid', ?)"),
                            {QUuid::createUuid().toString(QUuid::WithoutBraces)});
            transaction.run(QStringLiteral("INSERT INTO meta VALUES ('created_at', ?)"),
                            {QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)});
        }
        if (auto done = transaction.commit(); !done)
            return done;
    }
    return {};
}

} // namespace goodsight
