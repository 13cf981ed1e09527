#include "core/model/ZipReader.h"

#include "core/model/ModelErrors.h"

#include <archive.h>
#include <archive_entry.h>

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <array>
#include <memory>

namespace goodsight {

namespace {

constexpr int kMaxEntries = 100'000;

/// What libarchive reads from: a QFile, so that any name opens on every system.
struct Input {
    QFile file;
    std::array<char, 1 << 16> buffer{};
};

la_ssize_t readBlock(archive*, void* data, const void** block)
{
    auto* input = static_cast<Input*>(data);
    *block = input->buffer.data();
    return input->file.read(input->buffer.data(), static_cast<qint64>(input->buffer.size()));
}

la_int64_t skipBytes(archive*, void* data, la_int64_t count)
{
    auto* input = static_cast<Input*>(data);
    const qint64 left = input->file.size() - input->file.pos();
    const qint64 step = std::clamp<qint64>(count, 0, left);
    return input->file.seek(input->file.pos() + step) ? step : 0;
}

la_int64_t seekTo(archive*, void* data, la_int64_t offset, int whence)
{
    auto* input = static_cast<Input*>(data);
    const qint64 base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? input->file.pos() : input->file.size();
    const qint64 target = base + offset;
    if (target < 0 || !input->file.seek(target))
        return ARCHIVE_FATAL;
    return target;
}

Error badArchive(const QString& path)
{
    return modelerrors::bad(path,
                            QCoreApplication::translate("goodsight::Model", "its zip archive is damaged"));
}

std::string nameOf(archive_entry* entry)
{
    // libarchive gives up on UTF-8 names where the locale is not UTF-8, but keeps one of the other forms.
    if (const char* name = archive_entry_pathname_utf8(entry))
        return name;
    if (const wchar_t* name = archive_entry_pathname_w(entry))
        return QString::fromWCharArray(name).toStdString();
    const char* name = archive_entry_pathname(entry);
    return name ? name : "";
}

} // namespace

ZipEntry::ZipEntry(archive* reader, const QString& path, std::string name, qint64 size)
    : m_reader(reader)
    , m_path(path)
    , m_name(std::move(name))
    , m_size(size)
{}

Result<QByteArray> ZipEntry::read()
{
    QByteArray bytes(m_size, Qt::Uninitialized);
    qint64 done = 0;
    while (done < m_size) {
        const la_ssize_t got =
            archive_read_data(m_reader, bytes.data() + done, static_cast<std::size_t>(m_size - done));
        if (got <= 0)
            return fail(badArchive(m_path));
        done += got;
    }
    // The read past the end is where libarchive compares the CRC, and where surplus bytes would show.
    char surplus = 0;
    if (archive_read_data(m_reader, &surplus, 1) != 0)
        return fail(badArchive(m_path));
    return bytes;
}

Result<void> visitZip(const QString& path, const std::function<Result<bool>(ZipEntry& entry)>& visit)
{
    const auto input = std::make_unique<Input>();
    input->file.setFileName(path);
    if (!input->file.open(QIODevice::ReadOnly))
        return fail(modelerrors::cannotOpen(path, input->file));
    const std::unique_ptr<archive, int (*)(archive*)> reader(archive_read_new(), archive_read_free);
    // Only the reader that goes by the central directory: the streaming one would take an archive that is cut
    // off before its end.
    if (archive_read_support_format_zip_seekable(reader.get()) != ARCHIVE_OK)
        return fail(badArchive(path));
    archive_read_set_read_callback(reader.get(), readBlock);
    archive_read_set_skip_callback(reader.get(), skipBytes);
    archive_read_set_seek_callback(reader.get(), seekTo);
    archive_read_set_callback_data(reader.get(), input.get());
    if (archive_read_open1(reader.get()) != ARCHIVE_OK)
        return fail(modelerrors::truncated(path));

    qint64 total = 0;
    for (int count = 0;; ++count) {
        archive_entry* entry = nullptr;
        const int status = archive_read_next_header(reader.get(), &entry);
        if (status == ARCHIVE_EOF)
            return {};
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
            return fail(count == 0 ? modelerrors::truncated(path) : badArchive(path));
        if (archive_entry_filetype(entry) != AE_IFREG)
            continue;
        const qint64 size = archive_entry_size_is_set(entry) ? archive_entry_size(entry) : -1;
        if (size < 0 || size > input->file.size() - total || count >= kMaxEntries)
            return fail(badArchive(path));
        total += size;
        ZipEntry visited(reader.get(), path, nameOf(entry), size);
        const auto more = visit(visited);
        if (!more)
            return fail(more.error());
        if (!*more)
            return {};
    }
}

} // namespace goodsight
