#include "core/labels/LabelCatalog.h"

#include <gtest/gtest.h>

using namespace goodsight;

namespace {

Label label(const char* id, const char* zh, const char* en, const char* sku = "")
{
    return {QString::fromUtf8(id), QString::fromUtf8(zh), QString::fromUtf8(en), QString::fromUtf8(sku)};
}

QString q(const char* text)
{
    return QString::fromUtf8(text);
}

LabelCatalog fruit()
{
    return *LabelCatalog::restore(
        {label("pear", "梨", "Pear"), label("plum", "李子", "Plum", "P-1"), label("lime", "青柠", "Lime")});
}

QStringList ids(const LabelCatalog& catalog)
{
    QStringList all;
    for (const Label& each : catalog.labels())
        all.append(each.id);
    return all;
}

} // namespace

TEST(Label, DisplayNameFollowsTheLanguageAndFallsBack)
{
    const QLocale chinese(QLocale::Chinese);
    const QLocale english(QLocale::English);
    EXPECT_EQ(label("pear", "梨", "Pear").displayName(chinese), q("梨"));
    EXPECT_EQ(label("pear", "梨", "Pear").displayName(english), q("Pear"));
    EXPECT_EQ(label("pear", "梨", "Pear").displayName(QLocale(QLocale::German)), q("Pear"));
    EXPECT_EQ(label("pear", "", "Pear").displayName(chinese), q("Pear"));
    EXPECT_EQ(label("pear", "梨", "").displayName(english), q("梨"));
    EXPECT_EQ(label("pear", "", "").displayName(chinese), q("pear"));
}

TEST(LabelCatalog, AddRefusesBadAndTakenIdsAndNamelessLabels)
{
    LabelCatalog catalog = fruit();
    EXPECT_EQ(catalog.add(label("Pear", "梨", "")).error().code, q("label-id-invalid"));
    EXPECT_EQ(catalog.add(label("pear", "鸭梨", "")).error().code, q("label-id-taken"));
    EXPECT_EQ(catalog.add(label("fig", " ", "")).error().code, q("label-name-missing"));
    EXPECT_TRUE(catalog.add(label("fig", "无花果", "")));
    EXPECT_EQ(ids(catalog), (QStringList{q("pear"), q("plum"), q("lime"), q("fig")}));
}

TEST(LabelCatalog, ANewProductGetsItsIdFromItsName)
{
    LabelCatalog catalog = fruit();
    EXPECT_EQ(*catalog.addNew(q(" 青苹果 "), q("A7")), label("qing-ping-guo", "青苹果", "", "A7"));
    EXPECT_EQ(*catalog.addNew(q("Blood  orange")), label("blood-orange", "", "Blood orange"));
    EXPECT_EQ(catalog.addNew(q("清苹果"))->id, q("qing-ping-guo-2")) << "another product that sounds alike";
    EXPECT_EQ(catalog.addNew(q("  ")).error().code, q("label-name-missing"));
}

TEST(LabelCatalog, ANewProductMayNotBearAnothersName)
{
    LabelCatalog catalog = fruit();
    for (const char* name : {"梨", "pear", "PEAR", "ｐｅａｒ"}) {
        const auto added = catalog.addNew(q(name));
        ASSERT_FALSE(added) << name;
        EXPECT_EQ(added.error().code, q("label-name-taken"));
        EXPECT_TRUE(added.error().hint.contains(q("\"pear\""))) << name;
    }
    EXPECT_EQ(catalog.labels().size(), 3);
}

TEST(LabelCatalog, IdsNeverShift)
{
    LabelCatalog catalog = fruit();
    ASSERT_TRUE(catalog.rename(q("plum"), q("西梅"), q("Prune")));
    ASSERT_TRUE(catalog.merge(q("pear"), q("plum")));
    ASSERT_TRUE(catalog.addNew(q("桃")));
    EXPECT_EQ(catalog.find(q("plum"))->en, q("Prune"));
    EXPECT_EQ(catalog.find(q("lime")), label("lime", "青柠", "Lime"));
    EXPECT_EQ(ids(catalog), (QStringList{q("plum"), q("lime"), q("tao")}));
}

TEST(LabelCatalog, AMergedIdStaysFindableAndIsNeverGivenAgain)
{
    LabelCatalog catalog = fruit();
    ASSERT_TRUE(catalog.merge(q("pear"), q("plum")));
    EXPECT_EQ(catalog.find(q("pear"))->id, q("plum"));
    EXPECT_EQ(catalog.resolve(q("pear")), q("plum"));
    EXPECT_EQ(catalog.add(label("pear", "梨", "Pear")).error().code, q("label-id-taken"));
    EXPECT_EQ(catalog.addNew(q("Pear"))->id, q("pear-2"));
}

TEST(LabelCatalog, MergesFollowEachOther)
{
    LabelCatalog catalog = fruit();
    ASSERT_TRUE(catalog.merge(q("pear"), q("plum")));
    ASSERT_TRUE(catalog.merge(q("plum"), q("lime")));
    EXPECT_EQ(catalog.resolve(q("pear")), q("lime"));
    EXPECT_EQ(catalog.resolve(q("plum")), q("lime"));
    EXPECT_EQ(catalog.merge(q("lime"), q("pear")).error().code, q("label-merge-itself"));
    EXPECT_EQ(catalog.merge(q("lime"), q("lime")).error().code, q("label-merge-itself"));
    EXPECT_EQ(catalog.merge(q("lime"), q("fig")).error().code, q("label-unknown"));
    EXPECT_EQ(catalog.merge(q("fig"), q("lime")).error().code, q("label-unknown"));
    EXPECT_EQ(catalog.labels().size(), 1);
}

TEST(LabelCatalog, MergingTakesOverWhatTheOtherLacks)
{
    LabelCatalog catalog = fruit();
    ASSERT_TRUE(catalog.add(label("susine", "", "Susine")));
    EXPECT_EQ(*catalog.merge(q("plum"), q("susine")), label("susine", "李子", "Susine", "P-1"));
}

TEST(LabelCatalog, RenameAndSku)
{
    LabelCatalog catalog = fruit();
    EXPECT_EQ(*catalog.setSku(q("pear"), q(" 690 ")), label("pear", "梨", "Pear", "690"));
    EXPECT_EQ(catalog.rename(q("pear"), q(""), q(" ")).error().code, q("label-name-missing"));
    EXPECT_EQ(catalog.find(q("pear"))->zh, q("梨"));
    EXPECT_EQ(catalog.rename(q("fig"), q("无花果"), q("")).error().code, q("label-unknown"));
    EXPECT_EQ(catalog.setSku(q("fig"), q("1")).error().code, q("label-unknown"));
}

TEST(LabelCatalog, FindByName)
{
    LabelCatalog catalog = fruit();
    ASSERT_TRUE(catalog.merge(q("lime"), q("pear")));
    EXPECT_EQ(catalog.findByName(q("李子"))->id, q("plum"));
    EXPECT_EQ(catalog.findByName(q("PLUM"))->id, q("plum"));
    EXPECT_EQ(catalog.findByName(q("p-1"))->id, q("plum"));
    EXPECT_EQ(catalog.findByName(q("lime"))->id, q("pear"));
    EXPECT_FALSE(catalog.findByName(q("李")));
    EXPECT_FALSE(catalog.findByName(QString()));
}

TEST(LabelCatalog, RestoreTakesWhatWasGivenAndRefusesBrokenMerges)
{
    LabelCatalog catalog = fruit();
    ASSERT_TRUE(catalog.merge(q("pear"), q("plum")));
    const auto again = LabelCatalog::restore(catalog.labels(), catalog.merges());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->labels(), catalog.labels());
    EXPECT_EQ(again->resolve(q("pear")), q("plum"));

    const QList<Label> one{label("pear", "梨", "")};
    EXPECT_EQ(LabelCatalog::restore(one, {{q("a"), q("b")}}).error().code, q("label-unknown"));
    EXPECT_EQ(LabelCatalog::restore(one, {{q("a"), q("b")}, {q("b"), q("a")}}).error().code,
              q("label-unknown"));
    EXPECT_EQ(LabelCatalog::restore(one, {{q("pear"), q("pear")}}).error().code, q("label-unknown"));
    EXPECT_EQ(LabelCatalog::restore(one + one).error().code, q("label-id-taken"));
    EXPECT_EQ(LabelCatalog::restore(one, {{q("a"), q("b")}, {q("b"), q("pear")}})->resolve(q("a")),
              q("pear"));
}
