#include "core/model/StateDictWriter.h"

#include "core/model/ModelErrors.h"
#include "core/model/ZipWriter.h"

#include <QCoreApplication>
#include <QSaveFile>
#include <QtEndian>

#include <algorithm>

namespace goodsight {

namespace {

const QByteArray kFolder = QByteArrayLiteral("archive/");

/// Writes the few opcodes of pickle protocol 2 that a state_dict needs.
class Pickler {
public:
    Pickler() { m_bytes = QByteArrayLiteral("\x80\x02"); }

    void global(const char* module, const char* name)
    {
        m_bytes.append('c').append(module).append('\n').append(name).append('\n');
    }
    void mark() { m_bytes.append('('); }
    void tuple() { m_bytes.append('t'); }
    void emptyTuple() { m_bytes.append(')'); }
    void reduce() { m_bytes.append('R'); }
    void persistentId() { m_bytes.append('Q'); }
    void no() { m_bytes.append('\x89'); }
    void setItems() { m_bytes.append('u'); }
    void stop() { m_bytes.append('.'); }
    void text(const QByteArray& utf8)
    {
        m_bytes.append('X');
        put(static_cast<quint32>(utf8.size()));
        m_bytes.append(utf8);
    }
    void number(int64_t value)
    {
        if (value >= 0 && value <= 0xFF) {
            m_bytes.append('K');
            put(static_cast<quint8>(value));
        } else if (value >= 0 && value <= 0xFFFF) {
            m_bytes.append('M');
            put(static_cast<quint16>(value));
        } else {
            m_bytes.append('J');
            put(static_cast<qint32>(value));
        }
    }
    void orderedDict()
    {
        global("collections", "OrderedDict");
        emptyTuple();
        reduce();
    }
    [[nodiscard]] const QByteArray& bytes() const { return m_bytes; }

private:
    template <typename T>
    void put(T value)
    {
        const qsizetype at = m_bytes.size();
        m_bytes.resize(at + static_cast<qsizetype>(sizeof(T)));
        qToLittleEndian(value, m_bytes.data() + at);
    }

    QByteArray m_bytes;
};

/// torch._utils._rebuild_tensor_v2(storage, offset, size, stride, requires_grad, backward_hooks)
void pickleTensor(Pickler& pickler, const StateDictEntry& entry, const QByteArray& key)
{
    pickler.global("torch._utils", "_rebuild_tensor_v2");
    pickler.mark();
    pickler.mark();
    pickler.text(QByteArrayLiteral("storage"));
    pickler.global("torch", entry.type == ElementType::I64 ? "LongStorage" : "FloatStorage");
    pickler.text(key);
    pickler.text(QByteArrayLiteral("cpu"));
    pickler.number(static_cast<int64_t>(entry.tensor.values.size()));
    pickler.tuple();
    pickler.persistentId();
    pickler.number(0);
    const std::vector<int64_t>& shape = entry.tensor.shape;
    pickler.mark();
    for (const int64_t size : shape)
        pickler.number(size);
    pickler.tuple();
    pickler.mark();
    for (std::size_t i = 0; i < shape.size(); ++i) {
        int64_t stride = 1;
        for (std::size_t j = i + 1; j < shape.size(); ++j)
            stride *= shape[j];
        pickler.number(stride);
    }
    pickler.tuple();
    pickler.no();
    pickler.orderedDict();
    pickler.tuple();
    pickler.reduce();
}

QByteArray pickleOf(const std::vector<StateDictEntry>& entries)
{
    Pickler pickler;
    pickler.orderedDict();
    pickler.mark();
    for (std::size_t i = 0; i < entries.size(); ++i) {
        pickler.text(QByteArray::fromStdString(entries[i].name));
        pickleTensor(pickler, entries[i], QByteArray::number(static_cast<qulonglong>(i)));
    }
    pickler.setItems();
    pickler.stop();
    return pickler.bytes();
}

QByteArray storageOf(const StateDictEntry& entry)
{
    const std::vector<float>& values = entry.tensor.values;
    const auto count = static_cast<qsizetype>(values.size());
    QByteArray bytes(count * elementSize(entry.type), Qt::Uninitialized);
    if (count == 0) // nothing has no address, which copying would ask for
        return bytes;
    if (entry.type == ElementType::I64) {
        std::vector<qint64> whole(values.size());
        std::transform(values.begin(), values.end(), whole.begin(),
                       [](float value) { return static_cast<qint64>(value); });
        qToLittleEndian<qint64>(whole.data(), count, bytes.data());
    } else {
        qToLittleEndian<float>(values.data(), count, bytes.data());
    }
    return bytes;
}

} // namespace

Result<void> writeStateDict(const QString& path, const std::vector<StateDictEntry>& entries)
{
    for (const StateDictEntry& entry : entries) {
        if (elementCount(entry.tensor.shape) != static_cast<int64_t>(entry.tensor.values.size()))
            return fail(modelerrors::wrongShape(path, entry.name));
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return fail(modelerrors::cannotWrite(path, file));
    ZipWriter zip(file);
    bool written = zip.add(kFolder + "data.pkl", pickleOf(entries)) &&
                   zip.add(kFolder + "byteorder", QByteArrayLiteral("little"));
    for (std::size_t i = 0; i < entries.size() && written; ++i) {
        written = zip.add(kFolder + "data/" + QByteArray::number(static_cast<qulonglong>(i)),
                          storageOf(entries[i]));
    }
    written = written && zip.add(kFolder + "version", QByteArrayLiteral("3\n")) && zip.finish();
    if (!written || !file.commit())
        return fail(modelerrors::cannotWrite(path, file));
    return {};
}

} // namespace goodsight
