#include "app/cli/ProjectWords.h"

#include "app/cli/Command.h"
#include "app/cli/Output.h"
#include "app/cli/ProjectPlace.h"
#include "core/base/JobRunner.h"
#include "core/dataset/DatasetStore.h"
#include "core/dataset/SplitJob.h"
#include "core/dataset/VerifyJob.h"
#include "core/dataset/exporters/ImageFolderExport.h"
#include "core/dataset/importers/ImportJob.h"
#include "core/dataset/importers/ImportSource.h"
#include "core/labels/LabelTable.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>

namespace goodsight::cli {

namespace {

using Access = DatasetStore::Access;

int failed(const QString& subject, const Error& error)
{
    printErrorJson(QStringLiteral("entry"), subject, error);
    printError(error);
    return SomeFailed;
}

/// The project, or nothing after its error was printed. Words that only read do not need its lock.
std::unique_ptr<DatasetStore> openProject(const ProjectCall& call, Access access)
{
    const QString dir = call.project;
    // Only `project init` makes one: a typing error must not.
    if (!QFileInfo::exists(dir + QStringLiteral("/project.sqlite"))) {
        failed(dir, noProject(dir));
        return nullptr;
    }
    auto store = DatasetStore::open(dir, access);
    if (!store) {
        failed(dir, store.error());
        return nullptr;
    }
    return std::move(*store);
}

QString stateName(PhotoState state)
{
    switch (state) {
    case PhotoState::Accepted:
        return QStringLiteral("accepted");
    case PhotoState::Corrected:
        return QStringLiteral("corrected");
    case PhotoState::Imported:
        return QStringLiteral("imported");
    case PhotoState::Automatic:
        return QStringLiteral("automatic");
    case PhotoState::Unseen:
        break;
    }
    return QStringLiteral("unseen");
}

QJsonValue textOrNull(const QString& text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonObject photoJson(const PhotoRow& row, const DatasetStore& store, const QString& project)
{
    return {{QStringLiteral("sha256"), row.sha256},
            {QStringLiteral("file"), asGiven(row.file, store.dir(), project)},
            {QStringLiteral("label"), textOrNull(row.labelId)},
            {QStringLiteral("state"), stateName(row.state)},
            {QStringLiteral("split"), textOrNull(row.split)},
            {QStringLiteral("name"), row.name},
            {QStringLiteral("source"), row.source}};
}

QJsonObject partsJson(const PartCounts& parts)
{
    return {{QStringLiteral("train"), parts.train},
            {QStringLiteral("val"), parts.val},
            {QStringLiteral("test"), parts.test}};
}

void showProgress(qint64 done, qint64 total, const QString& what)
{
    if (total > 0 && done > 0 && (done % 100 == 0 || done == total))
        printNote(QStringLiteral("%1/%2 %3").arg(QString::number(done), QString::number(total), what));
}

} // namespace

int initProject(const ProjectCall& call)
{
    const QString dir = call.rest.first();
    auto store = DatasetStore::open(dir);
    if (!store)
        return failed(dir, store.error());
    // The products that the shipped model knows, so that folders and scripts may call them by either name.
    if (auto labels = (*store)->ensureLabels(groceryLabels().labels()); !labels)
        return failed(dir, labels.error());
    printJson({{QStringLiteral("project"), dir}});
    return AllDone;
}

int importPhotos(const ProjectCall& call)
{
    const auto store = openProject(call, Access::ReadWrite);
    if (!store)
        return SomeFailed;
    int status = AllDone;
    for (const QString& path : call.rest) {
        ImportReport report;
        ImportRequest request;
        request.path = path;
        request.format = call.format.isEmpty() ? QStringLiteral("auto") : call.format;
        request.inPlace = call.reference;
        ImportJob job(
            *store, request,
            [](const QString& file, const ImportOutcome& outcome) {
                if (outcome.error)
                    printErrorJson(QStringLiteral("file"), file, *outcome.error);
                else
                    printJson({{QStringLiteral("file"), file},
                               {QStringLiteral("sha256"), outcome.sha256},
                               {QStringLiteral("label"), textOrNull(outcome.labelId)},
                               {QStringLiteral("added"), outcome.added},
                               {QStringLiteral("labelled"), outcome.labelled}});
            },
            [&](const Result<void>&, const ImportReport& got) { report = got; });
        const auto result = runInline(job, showProgress);
        if (!result)
            status = failed(path, result.error());
        if (report.failed > 0)
            status = SomeFailed;
        printNote(QCoreApplication::translate("goodsight::ProjectCommand",
                                              "%1: %2 photos, %3 new, %4 labelled, %5 failed")
                      .arg(path)
                      .arg(report.found)
                      .arg(report.added)
                      .arg(report.labelled)
                      .arg(report.failed));
    }
    return status;
}

int exportPhotos(const ProjectCall& call)
{
    if (call.format != u"imagefolder")
        return failed(call.format, formatError(call.format));
    const auto store = openProject(call, Access::ReadOnly);
    if (!store)
        return SomeFailed;
    ExportReport report;
    ImageFolderExport job(
        call.project, call.rest.first(),
        [&](const PhotoRow& photo, const Result<QString>& target) {
            const QString file = asGiven(photo.file, store->dir(), call.project);
            if (target)
                printJson({{QStringLiteral("file"), file},
                           {QStringLiteral("out"), *target},
                           {QStringLiteral("label"), photo.labelId}});
            else
                printErrorJson(QStringLiteral("file"), file, target.error());
        },
        [&](const Result<void>&, const ExportReport& got) { report = got; });
    const auto result = runInline(job, showProgress);
    printNote(QCoreApplication::translate(
                  "goodsight::ProjectCommand",
                  "%1 photos written, %2 were there already, %3 without a label left out, %4 failed")
                  .arg(report.written)
                  .arg(report.present)
                  .arg(report.unseen)
                  .arg(report.failed));
    if (!result)
        return failed(call.rest.first(), result.error());
    return report.failed > 0 ? SomeFailed : AllDone;
}

int listPhotos(const ProjectCall& call)
{
    const auto store = openProject(call, Access::ReadOnly);
    if (!store)
        return SomeFailed;
    PhotoQuery query;
    query.limit = 1000;
    for (;; query.offset += query.limit) {
        const auto rows = store->photos(query);
        if (!rows)
            return failed(call.project, rows.error());
        for (const PhotoRow& row : *rows) {
            if (call.json)
                printJson(photoJson(row, *store, call.project));
            else
                printLine(QStringList{row.sha256, stateName(row.state),
                                      row.labelId.isEmpty() ? QStringLiteral("-") : row.labelId,
                                      quotedName(row.name.isEmpty() ? row.file : row.name)}
                              .join(u'\t'));
        }
        if (rows->size() < query.limit)
            return AllDone;
    }
}

int labelPhoto(const ProjectCall& call)
{
    const auto store = openProject(call, Access::ReadWrite);
    if (!store)
        return SomeFailed;
    const QString name = call.rest.at(1);
    QString id = name;
    if (const auto known = store->findLabel(name)) {
        id = known->id;
    } else if (call.makeLabel) {
        const auto made = store->createLabel(name);
        if (!made)
            return failed(name, made.error());
        id = made->id;
    }
    const auto row = store->label(call.rest.first(), id);
    if (!row)
        return failed(row.error().code == u"photo-unknown" ? call.rest.first() : name, row.error());
    printJson(photoJson(*row, *store, call.project));
    return AllDone;
}

int undoEdit(const ProjectCall& call)
{
    const auto store = openProject(call, Access::ReadWrite);
    if (!store)
        return SomeFailed;
    const auto edit = store->nextUndo();
    const auto row = store->undo();
    if (!row)
        return failed(call.project, row.error());
    QJsonObject line = row->id > 0 ? photoJson(*row, *store, call.project) : QJsonObject{};
    line[QStringLiteral("undone")] = edit ? edit->kind : QString();
    line[QStringLiteral("edit")] = edit ? edit->id : 0;
    printJson(line);
    return AllDone;
}

int showHistory(const ProjectCall& call)
{
    const auto store = openProject(call, Access::ReadOnly);
    if (!store)
        return SomeFailed;
    const auto rows = store->history(call.limit);
    if (!rows)
        return failed(call.project, rows.error());
    for (const EditRow& row : *rows) {
        const QString at = row.at.toString(Qt::ISODateWithMs);
        if (call.json) {
            printJson({{QStringLiteral("edit"), row.id},
                       {QStringLiteral("kind"), row.kind},
                       {QStringLiteral("at"), at},
                       {QStringLiteral("undone"), row.undone},
                       {QStringLiteral("target"), row.target > 0 ? QJsonValue(row.target) : QJsonValue()},
                       {QStringLiteral("photos"), row.photos},
                       {QStringLiteral("sha256"), textOrNull(row.sha256)},
                       {QStringLiteral("label"), textOrNull(row.labelId)}});
        } else {
            printLine(QStringList{QString::number(row.id), at, row.kind,
                                  row.undone ? QStringLiteral("undone") : QStringLiteral("-"),
                                  row.labelId.isEmpty() ? QStringLiteral("-") : row.labelId,
                                  row.sha256.left(12)}
                          .join(u'\t'));
        }
    }
    return AllDone;
}

int splitPhotos(const ProjectCall& call)
{
    const auto store = openProject(call, Access::ReadWrite);
    if (!store)
        return SomeFailed;
    SplitReport report;
    SplitJob job(*store, {call.split, {}},
                 [&](const Result<void>&, const SplitReport& got) { report = got; });
    if (const auto result = runInline(job, showProgress); !result)
        return failed(call.project, result.error());
    printJson({{QStringLiteral("photos"), report.photos},
               {QStringLiteral("unreadable"), report.unreadable},
               {QStringLiteral("grouped"), report.grouped},
               {QStringLiteral("given"), partsJson(report.given)}});
    return AllDone;
}

int showStats(const ProjectCall& call)
{
    const auto store = openProject(call, Access::ReadOnly);
    if (!store)
        return SomeFailed;
    const auto stats = store->stats();
    if (!stats)
        return failed(call.project, stats.error());
    QJsonArray perLabel;
    for (const auto& [id, photos] : stats->perLabel) {
        const auto label = store->findLabel(id).value_or(Label{id, {}, {}, {}});
        QJsonObject line = partsJson(stats->partsPerLabel.value(id));
        line[QStringLiteral("id")] = id;
        line[QStringLiteral("zh")] = label.zh;
        line[QStringLiteral("en")] = label.en;
        line[QStringLiteral("photos")] = photos;
        perLabel.append(line);
    }
    printJson({{QStringLiteral("photos"), stats->photos},
               {QStringLiteral("unseen"), stats->unseen},
               {QStringLiteral("accepted"), stats->accepted},
               {QStringLiteral("corrected"), stats->corrected},
               {QStringLiteral("imported"), stats->imported},
               {QStringLiteral("automatic"), stats->automatic},
               {QStringLiteral("parts"), partsJson(stats->parts)},
               {QStringLiteral("labels"), perLabel}});
    return AllDone;
}

int verifyProject(const ProjectCall& call)
{
    const auto store = openProject(call, Access::ReadOnly);
    if (!store)
        return SomeFailed;
    VerifyReport report;
    VerifyJob job(
        call.project,
        [&](const VerifyFinding& finding) {
            printErrorJson(QStringLiteral("file"), asGiven(finding.file, store->dir(), call.project),
                           finding.error);
        },
        [&](const Result<void>&, const VerifyReport& got) { report = got; });
    if (const auto result = runInline(job, showProgress); !result)
        return failed(call.project, result.error());
    printJson({{QStringLiteral("photos"), report.photos},
               {QStringLiteral("damaged"), report.damaged},
               {QStringLiteral("stray"), report.stray}});
    return report.damaged > 0 ? SomeFailed : AllDone;
}

int refuseBundle(const ProjectCall& call)
{
    return failed(call.project, {QStringLiteral("not-supported-yet"),
                                 QCoreApplication::translate("goodsight::ProjectCommand",
                                                             "Bundles cannot be made or merged yet."),
                                 {}});
}

} // namespace goodsight::cli
