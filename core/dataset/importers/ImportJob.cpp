#include "core/dataset/importers/ImportJob.h"

#include "core/dataset/PhotoFiles.h"
#include "core/dataset/importers/ImportSource.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace goodsight {

namespace {
/// Photos of one transaction: few enough that an answer given meanwhile waits a fraction of a second.
constexpr qsizetype kPart = 16;
} // namespace

ImportJob::ImportJob(DatasetStore& store, ImportRequest request, OnPhoto onPhoto, OnFinished onFinished)
    : m_store(store)
    , m_request(std::move(request))
    , m_onPhoto(std::move(onPhoto))
    , m_onFinished(std::move(onFinished))
{}

QString ImportJob::title() const
{
    return QCoreApplication::translate("goodsight::Dataset", "Importing photos");
}

void ImportJob::tell(const QString& file, const ImportOutcome& outcome)
{
    m_report.added += outcome.added ? 1 : 0;
    m_report.labelled += outcome.labelled ? 1 : 0;
    m_report.failed += outcome.error ? 1 : 0;
    if (m_onPhoto)
        m_onPhoto(file, outcome);
}

Result<void> ImportJob::keep(QList<ImportItem>& part)
{
    if (part.isEmpty())
        return {};
    const QList<ImportItem> items = std::exchange(part, {});
    const auto outcomes = m_store.importPhotos(m_report.edit, items);
    if (!outcomes)
        return fail(outcomes.error());
    for (qsizetype i = 0; i < items.size(); ++i)
        tell(items[i].photo.path, outcomes->at(i));
    return {};
}

Result<void> ImportJob::process(Control& control)
{
    control.progress(0, 0, title());
    const auto candidates = listImport(m_request.path, m_request.format);
    if (!candidates)
        return fail(candidates.error());
    m_report.found = candidates->size();
    QList<ImportItem> part;
    qint64 done = 0;
    for (const ImportCandidate& candidate : *candidates) {
        if (control.stopRequested())
            break;
        control.progress(done++, candidates->size(), quotedName(candidate.file));
        auto bytes = readPhotoFile(candidate.file);
        const auto image = bytes ? decodeBytes(*bytes, quotedName(candidate.file), m_request.limits)
                                 : Result<DecodedImage>(fail(bytes.error()));
        if (!image) {
            ImportOutcome outcome;
            outcome.error = image.error();
            tell(candidate.file, outcome);
            continue;
        }
        ImportItem item;
        item.photo.path = candidate.file;
        item.photo.bytes = std::move(*bytes);
        item.photo.source = QStringLiteral("import");
        item.photo.inPlace = m_request.inPlace;
        item.photo.pixels = image->originalSize;
        if (item.photo.suffix = QFileInfo(candidate.file).suffix(); item.photo.suffix.isEmpty())
            item.photo.suffix = image->format;
        item.labelName = candidate.labelName;
        part.append(std::move(item));
        if (part.size() >= kPart)
            if (auto kept = keep(part); !kept)
                return kept;
    }
    if (auto kept = keep(part); !kept)
        return kept;
    control.progress(done, candidates->size(), title());
    return {};
}

void ImportJob::finish(const Result<void>& result)
{
    if (m_onFinished)
        m_onFinished(result, m_report);
}

} // namespace goodsight
