#include "tests/support/TestSupport.h"

#include <QDirIterator>
#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <QSet>

#include <gtest/gtest.h>

using namespace goodsight;

namespace {

/// What each room may include besides itself. A room that is not here may not exist.
const QMap<QString, QStringList>& allowed()
{
    static const QStringList base{QStringLiteral("core/base")};
    static const QStringList first =
        base + QStringList{QStringLiteral("core/labels"), QStringLiteral("core/imaging")};
    static const QStringList second =
        first + QStringList{QStringLiteral("core/dataset"), QStringLiteral("core/model")};
    static const QStringList inference = second + QStringList{QStringLiteral("core/inference")};
    static const QStringList learning =
        inference + QStringList{QStringLiteral("core/learning"), QStringLiteral("core/evaluation")};
    static const QMap<QString, QStringList> map{
        {QStringLiteral("core/base"), {}},
        {QStringLiteral("core/labels"), base},
        {QStringLiteral("core/imaging"), base},
        {QStringLiteral("core/dataset"), first},
        {QStringLiteral("core/model"), first},
        {QStringLiteral("core/inference"), second},
        {QStringLiteral("core/learning"), inference},
        {QStringLiteral("core/evaluation"), inference},
        {QStringLiteral("core/torch"), learning},
        {QStringLiteral("ui"), learning + QStringList{QStringLiteral("ui")}},
        {QStringLiteral("app"), learning + QStringList{QStringLiteral("ui"), QStringLiteral("app")}},
    };
    return map;
}

QString roomOf(const QString& path)
{
    const QStringList parts = path.split(u'/');
    return parts.first() == u"core" ? parts.mid(0, 2).join(u'/') : parts.first();
}

struct Include {
    QString file;
    QString target;
};

QList<Include> includes()
{
    static const QRegularExpression pattern(QStringLiteral(R"(^\s*#\s*include\s*["<]([^">]+)[">])"),
                                            QRegularExpression::MultilineOption);
    QList<Include> found;
    for (const QString& top : {QStringLiteral("core"), QStringLiteral("ui"), QStringLiteral("app")}) {
        QDirIterator files(testsupport::sourceDir() + u'/' + top,
                           {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << qPrintable(file.fileName());
            const QString text = QString::fromUtf8(file.readAll());
            const QString name = file.fileName().mid(testsupport::sourceDir().size() + 1);
            auto matches = pattern.globalMatch(text);
            while (matches.hasNext())
                found.append({name, matches.next().captured(1)});
        }
    }
    return found;
}

} // namespace

TEST(Arrows, EveryIncludeFollowsThem)
{
    const QList<Include> all = includes();
    ASSERT_GT(all.size(), 20);
    for (const auto& [file, target] : all) {
        const QString from = roomOf(file);
        ASSERT_TRUE(allowed().contains(from))
            << qPrintable(file) << " is in a room without a place in the design";
        const QString first = target.section(u'/', 0, 0);
        if (first != u"core" && first != u"ui" && first != u"app")
            continue;
        const QString to = roomOf(target);
        EXPECT_TRUE(from == to || allowed()[from].contains(to))
            << qPrintable(file) << " includes " << qPrintable(target) << " against the arrows";
    }
}

TEST(Arrows, TorchStaysInItsRoomAndWidgetsStayOutOfCore)
{
    static const QRegularExpression widgets(QStringLiteral(
        "^(QtWidgets/|QtCharts/|QWidget|QMessageBox|QDialog|QApplication$|QPixmap|QMainWindow|QLabel$)"));
    for (const auto& [file, target] : includes()) {
        const QString room = roomOf(file);
        const bool torch =
            target.startsWith(u"torch/") || target.startsWith(u"ATen/") || target.startsWith(u"c10/");
        if (torch) {
            EXPECT_EQ(room, QStringLiteral("core/torch")) << qPrintable(file);
            EXPECT_TRUE(file.endsWith(u".cpp"))
                << qPrintable(file) << ": a header that leaks " << qPrintable(target);
        }
        if (room.startsWith(u"core/")) {
            EXPECT_FALSE(widgets.match(target).hasMatch())
                << qPrintable(file) << " includes " << qPrintable(target);
        }
    }
}
