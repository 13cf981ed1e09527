#include "ui/recognition/PictureEncodeJob.h"

#include <QBuffer>
#include <QCoreApplication>

namespace goodsight {

PictureEncodeJob::PictureEncodeJob(const QImage& picture, std::function<void(const QByteArray&)> done)
    : m_picture(picture)
    , m_done(std::move(done))
{}

QString PictureEncodeJob::title() const
{
    return QCoreApplication::translate("goodsight::PhotoIntake", "Pasted picture");
}

Result<void> PictureEncodeJob::process(Control& control)
{
    if (control.stopRequested())
        return fail(cancelledError());
    QBuffer buffer(&m_png);
    buffer.open(QIODevice::WriteOnly);
    if (!m_picture.save(&buffer, "PNG"))
        m_png.clear();
    return {};
}

void PictureEncodeJob::finish(const Result<void>& result)
{
    if (result)
        m_done(m_png);
    else if (result.error().code != u"cancelled")
        m_done({});
}

} // namespace goodsight
