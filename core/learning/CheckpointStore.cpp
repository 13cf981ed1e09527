#include "core/learning/CheckpointStore.h"

#include "core/base/DiskFlush.h"
#include "core/base/Job.h"
#include "core/learning/LearningText.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>
#include <QStorageInfo>
#include <QtEndian>

#include <algorithm>

namespace goodsight {

namespace {

constexpr QByteArrayView kMagic("goodsight-run-1\n");
constexpr qint64 kHashSize = 32;
constexpr qint64 kMaxState = qint64{64} << 20;
constexpr qsizetype kKept = 2;
constexpr qint64 kPiece = qint64{4} << 20;    ///< bytes between two questions whether to stop
constexpr qint64 kFlushed = qint64{16} << 20; ///< bytes that may wait for the disk

QString nameOf(qint64 number)
{
    return QStringLiteral("checkpoint-%1.run").arg(number, 8, 10, QLatin1Char('0'));
}

qint64 numberOf(const QString& name)
{
    return name.mid(11, 8).toLongLong();
}

/// Writes and hashes; remembers the first failure.
class HashedWriter {
public:
    explicit HashedWriter(QSaveFile& file)
        : m_file(file)
    {}
    /// False where `stopRequested` ended it.
    bool put(const char* bytes, qint64 size, const std::function<bool()>& stopRequested)
    {
        for (qint64 at = 0; at < size; at += kPiece) {
            if (stopRequested && stopRequested())
                return false;
            const qint64 count = std::min(kPiece, size - at);
            put(bytes + at, count);
            m_unflushed += count;
            if (m_unflushed >= kFlushed) {
                // Or commit() would wait for hundreds of megabytes in one go.
                flushToDisk(m_file);
                m_unflushed = 0;
            }
        }
        return true;
    }
    void put(const char* bytes, qint64 size)
    {
        if (!m_ok)
            return;
        m_hash.addData(QByteArrayView(bytes, size));
        m_ok = m_file.write(bytes, size) == size;
    }
    void put(quint64 number)
    {
        char bytes[8];
        qToLittleEndian(number, bytes);
        put(bytes, sizeof bytes);
    }
    [[nodiscard]] bool finish()
    {
        const QByteArray hash = m_hash.result();
        return m_ok && m_file.write(hash) == hash.size() && m_file.commit();
    }

private:
    QSaveFile& m_file;
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
    qint64 m_unflushed = 0;
    bool m_ok = true;
};

/// Reads what HashedWriter wrote; never more than the file holds.
std::optional<Checkpoint> read(const QString& path, const std::function<bool()>& stopRequested)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() < kMagic.size() + kHashSize)
        return std::nullopt;
    QCryptographicHash hash(QCryptographicHash::Sha256);
    qint64 left = file.size() - kHashSize;
    const auto take = [&](char* to, qint64 size) {
        if (size > left || file.read(to, size) != size)
            return false;
        left -= size;
        hash.addData(QByteArrayView(to, size));
        return true;
    };
    const auto number = [&]() -> qint64 {
        char bytes[8];
        if (!take(bytes, sizeof bytes))
            return -1;
        return static_cast<qint64>(qFromLittleEndian<quint64>(bytes));
    };
    QByteArray magic(kMagic.size(), '\0');
    if (!take(magic.data(), magic.size()) || QByteArrayView(magic) != kMagic)
        return std::nullopt;
    const qint64 stateSize = number();
    if (stateSize < 0 || stateSize > std::min(left, kMaxState))
        return std::nullopt;
    QByteArray state(stateSize, '\0');
    if (!take(state.data(), state.size()))
        return std::nullopt;
    Checkpoint checkpoint;
    for (qint64 count = number(); count > 0; --count) {
        const qint64 floats = number();
        const auto size = static_cast<qint64>(sizeof(float));
        if (floats < 0 || floats > left / size)
            return std::nullopt;
        std::vector<float>& tensor = checkpoint.tensors.emplace_back(static_cast<std::size_t>(floats));
        char* const to = reinterpret_cast<char*>(tensor.data());
        for (qint64 at = 0; at < floats * size; at += kPiece) {
            if (stopRequested && stopRequested())
                return std::nullopt;
            if (!take(to + at, std::min(kPiece, floats * size - at)))
                return std::nullopt;
        }
    }
    if (left != 0 || file.read(kHashSize) != hash.result())
        return std::nullopt;
    checkpoint.state = QJsonDocument::fromJson(state).object();
    return checkpoint;
}

} // namespace

CheckpointStore::CheckpointStore(QString folder)
    : m_folder(std::move(folder))
{}

QStringList CheckpointStore::files() const
{
    const QDir folder(m_folder);
    QStringList files;
    const QStringList names = folder.entryList({QStringLiteral("checkpoint-????????.run")}, QDir::Files,
                                               QDir::Name | QDir::Reversed);
    for (const QString& name : names)
        files += folder.filePath(name);
    return files;
}

Result<void> CheckpointStore::save(const QJsonObject& state, std::span<const std::span<const float>> tensors,
                                   const std::function<bool()>& stopRequested)
{
    const QDir folder(m_folder);
    const QStringList before = files();
    const QString path =
        folder.filePath(nameOf(before.isEmpty() ? 1 : numberOf(folder.relativeFilePath(before.first())) + 1));
    QSaveFile file(path);
    bool written = folder.mkpath(QStringLiteral(".")) && file.open(QIODevice::WriteOnly);
    if (written) {
        HashedWriter writer(file);
        writer.put(kMagic.data(), kMagic.size());
        const QByteArray text = QJsonDocument(state).toJson(QJsonDocument::Compact);
        writer.put(static_cast<quint64>(text.size()));
        writer.put(text.constData(), text.size());
        writer.put(tensors.size());
        for (const std::span<const float> tensor : tensors) {
            writer.put(tensor.size());
            if (!writer.put(reinterpret_cast<const char*>(tensor.data()),
                            static_cast<qint64>(tensor.size_bytes()), stopRequested)) {
                file.cancelWriting();
                return fail(cancelledError());
            }
        }
        written = writer.finish();
    }
    if (!written) {
        const bool full =
            file.error() == QFileDevice::ResourceError || QStorageInfo(m_folder).bytesAvailable() == 0;
        const QString reason = full ? LearningText::tr("the disk is full") : file.errorString();
        file.cancelWriting();
        return fail(full ? "disk-full" : "unwritable",
                    LearningText::tr("The state of the training cannot be kept in %1: %2.")
                        .arg(quotedName(m_folder), reason),
                    LearningText::tr("Free some space: the training goes on, and it is tried again."));
    }
    for (qsizetype i = kKept - 1; i < before.size(); ++i)
        QFile::remove(before[i]);
    return {};
}

std::optional<Checkpoint> CheckpointStore::load(const std::function<bool()>& stopRequested) const
{
    for (const QString& path : files()) {
        if (auto checkpoint = read(path, stopRequested))
            return checkpoint;
    }
    return std::nullopt;
}

void CheckpointStore::clear()
{
    for (const QString& path : files())
        QFile::remove(path);
}

} // namespace goodsight
