#include "core/model/InstallModelJob.h"

#include "core/base/Paths.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonObject>

namespace goodsight {

namespace {

const QString kOfficial = QStringLiteral("https://download.pytorch.org/models/resnet18-f37072fd.pth");
const QByteArray kOfficialSha256("f37072fd47e89c5e827621c5baffa7500819f7896bbacec160b1a16c560e07ec");

} // namespace

InstallRequest InstallRequest::imagenet()
{
    InstallRequest request;
    const QString elsewhere = qEnvironmentVariable("GOODSIGHT_IMAGENET_URL");
    request.download.url = QUrl(elsewhere.isEmpty() ? kOfficial : elsewhere);
    if (elsewhere.isEmpty())
        request.download.sha256 = kOfficialSha256;
    request.download.folder = paths::dataDir() + QStringLiteral("/downloads");
    request.name = QStringLiteral("imagenet");
    request.titleZh = QStringLiteral("ImageNet 1000 类");
    request.titleEn = QStringLiteral("ImageNet, 1000 classes");
    request.licence = QStringLiteral("BSD-3-Clause (torchvision)");
    request.what = QStringLiteral("torchvision ResNet-18, IMAGENET1K_V1");
    return request;
}

InstallModelJob::InstallModelJob(ModelLibrary library, InstallRequest request,
                                 std::function<void(const Result<InstalledModel>&)> done)
    : m_library(std::move(library))
    , m_request(std::move(request))
    , m_done(std::move(done))
{}

QString InstallModelJob::title() const
{
    return QCoreApplication::translate("goodsight::Model", "Installing the model “%1”").arg(m_request.name);
}

Result<void> InstallModelJob::process(Control& control)
{
    if (auto installed = m_library.find(m_request.name)) {
        m_model = std::move(*installed);
        return {};
    }
    if (auto name = m_library.checkNewName(m_request.name); !name)
        return fail(name.error());
    const auto file = downloadFile(m_request.download, control);
    if (!file)
        return fail(file.error());
    ImportRequest import;
    import.file = *file;
    import.name = m_request.name;
    import.titleZh = m_request.titleZh;
    import.titleEn = m_request.titleEn;
    import.licence = m_request.licence;
    import.parts = {QJsonObject {
        {QStringLiteral("what"), m_request.what},
        {QStringLiteral("licence"), m_request.licence},
        { QStringLiteral("source"),
          m_request.download.url.toDisplayString() }
    }};
    import.golden = m_request.golden;
    auto installed = importModel(m_library, import, control);
    if (!installed)
        return fail(installed.error());
    m_model = std::move(*installed);
    if (!m_request.keepDownload)
        QFile::remove(*file);
    return {};
}

void InstallModelJob::finish(const Result<void>& result)
{
    if (!m_done)
        return;
    if (result)
        m_done(m_model);
    else
        m_done(fail(result.error()));
}

} // namespace goodsight
