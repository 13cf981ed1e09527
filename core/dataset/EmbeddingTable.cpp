#include "core/dataset/EmbeddingTable.h"

#include "core/dataset/AutomaticRows.h"
#include "core/dataset/Database.h"

#include <cstring>

namespace goodsight {

namespace {

/// The numbers of a stored vector; empty for a blob of another length than whole numbers.
std::vector<float> numbers(const QByteArray& blob)
{
    if (blob.size() % static_cast<qsizetype>(sizeof(float)) != 0)
        return {};
    std::vector<float> values(static_cast<std::size_t>(blob.size()) / sizeof(float));
    std::memcpy(values.data(), blob.constData(), static_cast<std::size_t>(blob.size()));
    return values;
}

} // namespace

class EmbeddingTable::Private {
public:
    explicit Private(database::Reader opened)
        : reader(std::move(opened))
    {}
    database::Reader reader;
};

EmbeddingTable::EmbeddingTable(std::unique_ptr<Private> priv)
    : d(std::move(priv))
{}

EmbeddingTable::~EmbeddingTable() = default;

Result<std::unique_ptr<EmbeddingTable>> EmbeddingTable::open(const QString& projectDir)
{
    auto reader = database::openReader(projectDir);
    if (!reader)
        return fail(reader.error());
    return std::unique_ptr<EmbeddingTable>(new EmbeddingTable(std::make_unique<Private>(std::move(*reader))));
}

std::optional<std::vector<float>> EmbeddingTable::find(const QString& sha256, const QString& backbone) const
{
    sql::Session session(*d->reader.connection);
    const QVariant blob =
        session.value(QStringLiteral("SELECT e.vector FROM embeddings e JOIN images i ON i.id = e.image_id"
                                     " WHERE i.sha256 = ? AND e.fingerprint = ?"),
                      {sha256, backbone});
    if (!session.ok() || !blob.isValid())
        return std::nullopt;
    std::vector<float> values = numbers(blob.toByteArray());
    return values.empty() ? std::nullopt : std::optional(std::move(values));
}

Result<void>
EmbeddingTable::each(const QString& backbone,
                     const std::function<void(const QString&, std::span<const float>)>& see) const
{
    sql::Session session(*d->reader.connection);
    session.each(
        QStringLiteral("SELECT i.sha256, e.vector FROM embeddings e JOIN images i ON i.id = e.image_id"
                       " WHERE e.fingerprint = ? AND i.removed = 0 ORDER BY i.id"),
        {backbone}, [&see](const QSqlQuery& row) {
            const std::vector<float> values = numbers(row.value(1).toByteArray());
            if (!values.empty())
                see(row.value(0).toString(), values);
        });
    return session.result();
}

QString EmbeddingTable::labelledStatement()
{
    return QStringLiteral("SELECT i.sha256, i.label_id, s.part, e.vector, i.source, i.captured_at, h.hash "
                          "FROM images i JOIN embeddings e ON e.image_id = i.id AND e.fingerprint = ? "
                          "LEFT JOIN splits s ON s.image_id = i.id "
                          "LEFT JOIN image_hashes h ON h.image_id = i.id "
                          "WHERE %1 ORDER BY i.id")
        .arg(automaticrows::labelledByPeople());
}

Result<void> EmbeddingTable::eachLabelled(const QString& backbone,
                                          const std::function<void(const LabelledEmbedding&)>& see) const
{
    sql::Session session(*d->reader.connection);
    session.each(labelledStatement(), {backbone}, [&see](const QSqlQuery& row) {
        const std::vector<float> values = numbers(row.value(3).toByteArray());
        if (values.empty())
            return;
        LabelledEmbedding one{row.value(0).toString(),
                              row.value(1).toString(),
                              partFromWord(row.value(2).toString()),
                              {},
                              values};
        one.taken = {one.labelId, row.value(4).toString(), row.value(5).toLongLong(), {}};
        if (!row.value(6).isNull())
            one.taken.hash = static_cast<quint64>(row.value(6).toLongLong());
        see(one);
    });
    return session.result();
}

} // namespace goodsight
