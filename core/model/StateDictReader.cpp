#include "core/model/StateDictReader.h"

#include "core/base/OrdinaryFile.h"
#include "core/model/ModelErrors.h"
#include "core/model/ZipReader.h"

#include <QCoreApplication>

#include <set>

namespace goodsight {

namespace {

const std::string kPickleName = "data.pkl";

Error badArchive(const QString& path, const char* what)
{
    return modelerrors::bad(
        path, QCoreApplication::translate("goodsight::Model", "it is no sensible state_dict (%1)")
                  .arg(QLatin1String(what)));
}

Error errorOf(const QString& path, const pickle::Failure& failure)
{
    switch (failure.kind) {
    case pickle::Failure::Kind::Truncated:
        return modelerrors::truncated(path);
    case pickle::Failure::Kind::Refused:
        return {QStringLiteral("refused-code"),
                QCoreApplication::translate(
                    "goodsight::Model", "%1 asks for more than weights, refused: %2. Nothing of it was run.")
                    .arg(quotedName(path), quotedName(failure.what)),
                QCoreApplication::translate(
                    "goodsight::Model", "Use a file that holds only a state_dict, from a source you trust.")};
    case pickle::Failure::Kind::Broken:
        break;
    }
    return modelerrors::bad(
        path, QCoreApplication::translate("goodsight::Model", "it is no sensible state_dict (%1)")
                  .arg(failure.what));
}

/// Copies the elements that `view` reaches, in row-major order. `bytes` are the whole storage.
Tensor gather(const pickle::TensorView& view, const QByteArray& bytes)
{
    const auto count = static_cast<std::size_t>(elementCount(view.shape));
    Tensor tensor{view.shape, std::vector<float>(count)};
    const int size = elementSize(view.storage.type);
    bool contiguous = true;
    int64_t expected = 1;
    for (std::size_t i = view.shape.size(); i-- > 0;) {
        contiguous = contiguous && (view.shape[i] == 1 || view.strides[i] == expected);
        expected *= view.shape[i];
    }
    if (contiguous) {
        convertToFloat(view.storage.type, bytes.constData() + view.offset * size, count,
                       tensor.values.data());
        return tensor;
    }
    // The stride of a dimension of one element is never used and may be any number.
    std::vector<int64_t> strides = view.strides;
    for (std::size_t i = 0; i < strides.size(); ++i)
        strides[i] = view.shape[i] > 1 ? strides[i] : 0;
    std::vector<int64_t> index(view.shape.size(), 0);
    int64_t position = view.offset;
    for (float& value : tensor.values) {
        convertToFloat(view.storage.type, bytes.constData() + position * size, 1, &value);
        for (std::size_t i = index.size(); i-- > 0;) {
            position += strides[i];
            if (++index[i] < view.shape[i])
                break;
            position -= strides[i] * view.shape[i];
            index[i] = 0;
        }
    }
    return tensor;
}

} // namespace

bool isStateDict(const QString& path)
{
    OrdinaryFile file(path);
    const QByteArray start = file.open(QIODevice::ReadOnly) ? file.read(2) : QByteArray();
    return start == "PK" || start.startsWith("\x80\x02") ||
           (start.isEmpty() && path.endsWith(QLatin1String(".pth"), Qt::CaseInsensitive));
}

StateDictFile::StateDictFile(const QString& path)
    : m_path(path)
{}

Result<std::unique_ptr<StateDictFile>> StateDictFile::open(const QString& path)
{
    std::unique_ptr<StateDictFile> file(new StateDictFile(path));
    if (auto kind = file->checkKind(); !kind)
        return fail(kind.error());
    QByteArray pickle;
    if (auto directory = file->readDirectory(pickle); !directory)
        return fail(directory.error());
    if (auto contents = file->readPickle(pickle); !contents)
        return fail(contents.error());
    return file;
}

Result<void> StateDictFile::checkKind() const
{
    OrdinaryFile file(m_path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(modelerrors::cannotOpen(m_path, file));
    const QByteArray start = file.read(4);
    if (start == "PK\x03\x04")
        return {};
    if (QByteArrayView("PK\x03\x04").startsWith(start))
        return fail(modelerrors::truncated(m_path));
    if (start.startsWith('\x80')) {
        return fail("legacy-format",
                    QCoreApplication::translate("goodsight::Model",
                                                "%1 is in the format of torch.save before PyTorch 1.6.")
                        .arg(quotedName(m_path)),
                    QCoreApplication::translate("goodsight::Model",
                                                "Load and save it again with a newer PyTorch, or use "
                                                "the current file from torchvision."));
    }
    return fail(modelerrors::bad(
        m_path, QCoreApplication::translate("goodsight::Model", "it is not a file of torch.save")));
}

Result<void> StateDictFile::readDirectory(QByteArray& pickle)
{
    bool found = false;
    const auto visited = visitZip(m_path, [&](ZipEntry& entry) -> Result<bool> {
        const std::string& name = entry.name();
        if (!m_entries.emplace(name, entry.size()).second)
            return fail(badArchive(m_path, "two entries of one name"));
        const std::size_t slash = name.find('/');
        const std::string base = slash == std::string::npos ? name : name.substr(slash + 1);
        if (base == "byteorder") {
            const auto order = entry.size() <= 16 ? entry.read() : Result<QByteArray>(QByteArray());
            if (!order)
                return fail(order.error());
            if (*order != "little")
                return fail(badArchive(m_path, "byteorder"));
        }
        if (base == kPickleName) {
            if (found || entry.size() > kMaxPickle)
                return fail(badArchive(m_path, "data.pkl"));
            found = true;
            m_prefix = name.substr(0, name.size() - kPickleName.size());
            auto bytes = entry.read();
            if (!bytes)
                return fail(bytes.error());
            pickle = std::move(*bytes);
        }
        return true;
    });
    if (!visited)
        return visited;
    if (!found) {
        return fail(modelerrors::bad(
            m_path, QCoreApplication::translate("goodsight::Model", "it is not a file of torch.save")));
    }
    return {};
}

Result<void> StateDictFile::readPickle(const QByteArray& bytes)
{
    const auto document = pickle::Document::read(bytes);
    if (!document)
        return fail(errorOf(m_path, document.error()));
    const auto* dict = std::get_if<pickle::Dict>(&document->root().v);
    if (!dict)
        return fail(badArchive(m_path, "no dict"));
    for (const auto& [keyValue, value] : dict->items) {
        const auto* key = std::get_if<std::string>(&keyValue->v);
        const auto* view = std::get_if<pickle::TensorView>(&value->v);
        if (!key)
            return fail(badArchive(m_path, "a key is no text"));
        if (!view) {
            return fail(modelerrors::bad(
                m_path, QCoreApplication::translate("goodsight::Model", "its entry %1 is not a tensor")
                            .arg(quotedName(QString::fromStdString(*key)))));
        }
        const auto entry = m_entries.find(storageEntry(view->storage));
        const int size = elementSize(view->storage.type);
        if (entry == m_entries.end() || entry->second % size != 0 ||
            entry->second / size != view->storage.elements) {
            return fail(modelerrors::bad(
                m_path, QCoreApplication::translate("goodsight::Model", "the numbers of %1 are not there")
                            .arg(quotedName(QString::fromStdString(*key)))));
        }
        if (m_views.insert_or_assign(*key, *view).second)
            m_tensors.emplace_back(*key, TensorInfo{view->storage.type, view->shape});
    }
    for (auto& [name, info] : m_tensors) // a key that came twice: the later counts
        info = TensorInfo{m_views.at(name).storage.type, m_views.at(name).shape};
    return {};
}

std::string StateDictFile::storageEntry(const pickle::Storage& storage) const
{
    return m_prefix + "data/" + storage.key;
}

QString StateDictFile::path() const
{
    return m_path;
}

const std::vector<std::pair<std::string, TensorInfo>>& StateDictFile::tensors() const
{
    return m_tensors;
}

Result<std::map<std::string, Tensor>> StateDictFile::read(const std::vector<std::string>& names)
{
    std::map<std::string, std::set<std::string>> wanted; // storage entry: tensors
    for (const std::string& name : names) {
        const auto view = m_views.find(name);
        if (view == m_views.end()) {
            return fail(modelerrors::bad(
                m_path, QCoreApplication::translate("goodsight::Model", "it has no tensor %1")
                            .arg(quotedName(QString::fromStdString(name)))));
        }
        wanted[storageEntry(view->second.storage)].insert(name);
    }
    std::map<std::string, Tensor> tensors;
    const auto visited = visitZip(m_path, [&](ZipEntry& entry) -> Result<bool> {
        const auto found = wanted.find(entry.name());
        if (found == wanted.end())
            return true;
        const auto bytes = entry.read();
        if (!bytes)
            return fail(bytes.error());
        for (const std::string& name : found->second) {
            const pickle::TensorView& view = m_views.at(name);
            // Asked again: the file may have changed since it was opened.
            if (bytes->size() / elementSize(view.storage.type) != view.storage.elements)
                return fail(badArchive(m_path, "changed while it was read"));
            tensors.insert_or_assign(name, gather(view, *bytes));
        }
        wanted.erase(found);
        return !wanted.empty();
    });
    if (!visited)
        return fail(visited.error());
    if (!wanted.empty())
        return fail(badArchive(m_path, "changed while it was read"));
    return tensors;
}

} // namespace goodsight
