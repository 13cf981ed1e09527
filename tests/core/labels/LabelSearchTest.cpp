#include "core/labels/LabelSearch.h"
#include "core/labels/LabelTable.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <initializer_list>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace goodsight;

namespace {

QString q(const char* text)
{
    return QString::fromUtf8(text);
}

Label label(const char* zh, const char* en, const char* sku = "")
{
    return {q(en).toLower().replace(u' ', u'-'), q(zh), q(en), q(sku)};
}

const LabelSearch& shop()
{
    static const LabelSearch search({
        label("苹果汁", "Apple Juice", "J-100"),
        label("青苹果", "Granny Smith", "A-17"),
        label("苹果", "Apple", "A-1"),
        label("重庆小面", "Chongqing Noodles"),
        label("柚子", "Pomelo"),
        label("橙子", "Orange"),
        label("绿茶", "Green Tea", "TEA 9"),
        label("T恤衫", "T-shirt"),
        label("菠萝", "Pineapple"),
        label("长茄子", "Long Aubergine"),
        label("西安凉皮", "Cold Noodles of Xi'an"),
        label("", "Consommé"),
        label("章鱼", "Octopus"),
        label("可口可乐", "Coca-Cola 330 ml"),
    });
    return search;
}

/// Chinese (or English) names of the answers, in order.
std::vector<std::string> names(const char* query, qsizetype limit = 20)
{
    std::vector<std::string> all;
    for (const LabelHit& hit : shop().find(q(query), limit))
        all.push_back((hit.label.zh.isEmpty() ? hit.label.en : hit.label.zh).toStdString());
    return all;
}

LabelHit first(const char* query)
{
    const QList<LabelHit> hits = shop().find(q(query));
    return hits.isEmpty() ? LabelHit{} : hits.first();
}

using Names = std::vector<std::string>;

} // namespace

TEST(LabelSearch, ChineseExactThenPrefixThenSubstring)
{
    EXPECT_EQ(names("苹果"), (Names{"苹果", "苹果汁", "青苹果"}));
    const QList<LabelHit> hits = shop().find(q("苹果"));
    EXPECT_EQ(hits[0].match, LabelMatch::Exact);
    EXPECT_EQ(hits[1].match, LabelMatch::Prefix);
    EXPECT_EQ(hits[2].match, LabelMatch::Substring);
    EXPECT_EQ(hits[2].index, 1);
    EXPECT_EQ(hits[2].zhRanges, (QList<TextRange>{{1, 2}}));
}

TEST(LabelSearch, EnglishExactPrefixWordPrefixSubstring)
{
    EXPECT_EQ(names("APPLE"), (Names{"苹果", "苹果汁", "菠萝"}));
    EXPECT_EQ(first("smi").match, LabelMatch::WordPrefix);
    EXPECT_EQ(first("smi").enRanges, (QList<TextRange>{{7, 3}}));
    EXPECT_EQ(first("cola").label.zh, q("可口可乐"));
    EXPECT_EQ(first("cola").match, LabelMatch::WordPrefix);
    EXPECT_EQ(first("megran").label.zh, QString());
    const QList<LabelHit> noodles = shop().find(q("nood"));
    ASSERT_EQ(noodles.size(), 2);
    EXPECT_EQ(noodles[0].label.zh, q("重庆小面"));
}

TEST(LabelSearch, ArticleNumbers)
{
    EXPECT_EQ(names("a-1"), (Names{"苹果", "青苹果"}));
    EXPECT_EQ(first("a-1").match, LabelMatch::Exact);
    EXPECT_EQ(first("100").match, LabelMatch::WordPrefix);
    EXPECT_EQ(first("100").skuRanges, (QList<TextRange>{{2, 3}}));
}

TEST(LabelSearch, FullPinyin)
{
    EXPECT_EQ(first("qingpingguo").label.zh, q("青苹果"));
    EXPECT_EQ(first("qingpingguo").match, LabelMatch::PinyinExact);
    EXPECT_EQ(first("QingPingGuo").zhRanges, (QList<TextRange>{{0, 3}}));
    EXPECT_EQ(first("qing ping guo").match, LabelMatch::PinyinExact);
    EXPECT_EQ(first("qīngpíngguǒ").match, LabelMatch::PinyinExact);
    EXPECT_EQ(first("ｑｉｎｇping").match, LabelMatch::PinyinPrefix);
    EXPECT_EQ(first("qingpi").zhRanges, (QList<TextRange>{{0, 2}}));
    EXPECT_EQ(names("pingguo"), (Names{"苹果", "苹果汁", "青苹果"}));
    EXPECT_EQ(shop().find(q("pingguo"))[2].match, LabelMatch::PinyinInside);
    EXPECT_EQ(shop().find(q("pingguo"))[2].zhRanges, (QList<TextRange>{{1, 2}}));
    EXPECT_EQ(first("xi'an").match, LabelMatch::PinyinPrefix) << "before Xi'an in the English name";
    EXPECT_EQ(first("xi'an").enRanges, (QList<TextRange>{{16, 5}}));
    EXPECT_EQ(first("xian").match, LabelMatch::PinyinPrefix);
    EXPECT_EQ(first("xian").zhRanges, (QList<TextRange>{{0, 2}}));
}

TEST(LabelSearch, InitialsAndMixtures)
{
    for (const char* query : {"qpg", "qingpg", "qpingg", "qpingguo", "qp", "QPG", "青pg"}) {
        EXPECT_EQ(first(query).label.zh, q("青苹果")) << query;
        EXPECT_EQ(first(query).match, LabelMatch::Initials) << query;
    }
    EXPECT_EQ(first("青苹g").match, LabelMatch::PinyinPrefix);
    EXPECT_EQ(first("qpg").zhRanges, (QList<TextRange>{{0, 3}}));
    EXPECT_EQ(names("pg"), (Names{"苹果", "苹果汁", "青苹果"}));
    EXPECT_EQ(shop().find(q("pg"))[2].match, LabelMatch::InitialsInside);
    EXPECT_EQ(first("zhyu").label.zh, q("章鱼"));
    EXPECT_EQ(first("zy").label.zh, q("章鱼"));
    EXPECT_EQ(first("txs").label.zh, q("T恤衫"));
    EXPECT_EQ(first("t恤").match, LabelMatch::Prefix);
    EXPECT_TRUE(names("qgp").empty());
    EXPECT_TRUE(names("qipigu").empty()) << "only the last syllable may be unfinished";
    EXPECT_TRUE(names("qpgx").empty());
}

TEST(LabelSearch, SpelledOutComesBeforeShortened)
{
    const LabelSearch search({label("西安", "b"), label("先安", "c"), label("仙", "d")});
    const QList<LabelHit> hits = search.find(q("xian"));
    ASSERT_EQ(hits.size(), 3);
    EXPECT_EQ(hits[0].label.zh, q("西安"));
    EXPECT_EQ(hits[0].match, LabelMatch::PinyinExact);
    EXPECT_EQ(hits[1].label.zh, q("仙"));
    EXPECT_EQ(hits[1].match, LabelMatch::PinyinExact);
    EXPECT_EQ(hits[2].label.zh, q("先安"));
    EXPECT_EQ(hits[2].match, LabelMatch::PinyinPrefix);
}

TEST(LabelSearch, Polyphones)
{
    for (const char* query : {"chongqing", "zhongqing", "cqxm", "zqxm"})
        EXPECT_EQ(first(query).label.zh, q("重庆小面")) << query;
    EXPECT_EQ(first("youzi").label.zh, q("柚子"));
    EXPECT_EQ(first("chengzi").label.zh, q("橙子"));
    EXPECT_EQ(first("kekoukele").label.zh, q("可口可乐"));
    EXPECT_EQ(first("changqie").label.zh, q("长茄子"));
    EXPECT_EQ(first("zhangjiazi").label.zh, q("长茄子"));
}

TEST(LabelSearch, UmlautAsVOrU)
{
    for (const char* query : {"lvcha", "lucha", "lücha", "LÜCHA", "lǜchá", "lvc", "lc"})
        EXPECT_EQ(first(query).label.zh, q("绿茶")) << query;
    EXPECT_EQ(first("lvcha").match, LabelMatch::PinyinExact);
    EXPECT_EQ(first("lücha").match, LabelMatch::PinyinExact);
    const LabelSearch asparagus({label("芦笋", "Asparagus")});
    EXPECT_FALSE(asparagus.find(q("lusun")).isEmpty());
    EXPECT_TRUE(asparagus.find(q("lüsun")).isEmpty()) << "u is not ü";
}

TEST(LabelSearch, AccentsAndWidthDoNotMatter)
{
    EXPECT_EQ(first("consomme").match, LabelMatch::Exact);
    EXPECT_EQ(first("CONSOMMÉ").match, LabelMatch::Exact);
    EXPECT_EQ(first("ｃｏｎｓ").enRanges, (QList<TextRange>{{0, 4}}));
}

TEST(LabelSearch, WordsMayStandApart)
{
    EXPECT_EQ(names("juice apple"), (Names{"苹果汁"}));
    EXPECT_EQ(first("juice apple").enRanges, (QList<TextRange>{{0, 5}, {6, 5}}));
    EXPECT_EQ(names("granny 苹果"), (Names{"青苹果"}));
    EXPECT_EQ(first("granny 苹果").zhRanges, (QList<TextRange>{{1, 2}}));
    EXPECT_TRUE(names("juice tea").empty());
}

TEST(LabelSearch, TiesKeepTheOrderOfTheList)
{
    const LabelSearch search({label("红茶", "b"), label("花茶", "c"), label("苦茶", "d")});
    const QList<LabelHit> hits = search.find(q("茶"));
    ASSERT_EQ(hits.size(), 3);
    for (qsizetype i = 0; i < 3; ++i)
        EXPECT_EQ(hits[i].index, i);
}

TEST(LabelSearch, LimitAndBlankQueries)
{
    EXPECT_EQ(names("苹果", 2), (Names{"苹果", "苹果汁"}));
    EXPECT_TRUE(names("苹果", 0).empty());
    EXPECT_TRUE(names("苹果", -1).empty());
    EXPECT_TRUE(names("").empty());
    EXPECT_TRUE(names(" \n").empty());
    EXPECT_TRUE(LabelSearch().find(q("a")).isEmpty());
    EXPECT_EQ(shop().size(), 14);
}

TEST(LabelSearch, HostileQueries)
{
    EXPECT_TRUE(shop().find(QString(100'000, u'a')).isEmpty());
    EXPECT_TRUE(names("🍎").empty());
    EXPECT_TRUE(names("%_*'\"\\").empty());
    EXPECT_TRUE(shop().find(QString(QChar(0xD83C))).isEmpty()) << "half a surrogate pair";
    // Every syllable is its own initial: the matcher must not try all ways of cutting it.
    const LabelSearch search({{q("a"), q("吧") + QString(60, u'啊'), QString(), QString()}});
    EXPECT_TRUE(search.find(QString(59, u'a') + u'b').isEmpty());
    EXPECT_EQ(search.find(QString(60, u'a')).size(), 1);
}

TEST(LabelSearch, ManyThreadsMayAskAtOnce)
{
    const LabelSearch search = shop();
    std::vector<std::thread> threads;
    std::atomic<int> found = 0;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([search, &found] {
            for (int i = 0; i < 200; ++i)
                found += static_cast<int>(search.find(QStringLiteral("qpg")).size());
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    EXPECT_EQ(found, 800);
}

TEST(LabelSearch, FindsTheBuiltInTablesByPinyin)
{
    const LabelSearch imagenet(imagenetLabels().labels());
    const std::pair<const char*, qsizetype> cases[] = {{"qpg", 948},     {"changdi", 558}, {"zangao", 244},
                                                       {"tiaozhi", 662}, {"boluomi", 955}, {"hg", 926},
                                                       {"haishen", 329}};
    for (const auto& [query, index] : cases) {
        const QList<LabelHit> hits = imagenet.find(q(query), 3);
        const bool among = std::any_of(hits.begin(), hits.end(),
                                       [index = index](const LabelHit& hit) { return hit.index == index; });
        EXPECT_TRUE(among) << query;
    }
    const LabelSearch groceries(groceryLabels().labels());
    ASSERT_FALSE(groceries.find(q("qpg")).isEmpty());
    EXPECT_EQ(groceries.find(q("qpg")).first().label.id, q("granny-smith"));
}

TEST(LabelSearch, TenThousandLabelsAreSearchedAndTheTimeIsNoted)
{
    const QList<Label> names = imagenetLabels().labels();
    QList<Label> many;
    for (qsizetype i = 0; i < 10'000; ++i) {
        const Label& one = names[i % 1000];
        const Label& other = names[(i * 7 + i / 1000) % 1000];
        many.append({QStringLiteral("p%1").arg(i), one.zh + other.zh, one.en + u' ' + other.en,
                     QString::number(690'000'000 + i * 37)});
    }
    const LabelSearch search(many);
    EXPECT_EQ(search.size(), 10'000);
    double slowest = 0;
    for (const auto& [query, hits] : std::initializer_list<std::pair<const char*, int>>{{"a", 8},
                                                                                        {"e", 8},
                                                                                        {"qpg", 8},
                                                                                        {"pingguo", 8},
                                                                                        {"苹果", 8},
                                                                                        {"69000", 8},
                                                                                        {"granny smith", 8},
                                                                                        {"s o", 8},
                                                                                        {"zzzzzzzz", 0}}) {
        double best = 1e9; // the fastest of some: what other programs take of the machine is not ours
        for (int i = 0; i < 5; ++i) {
            const auto begin = std::chrono::steady_clock::now();
            const qsizetype found = search.find(q(query)).size();
            const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
            ASSERT_EQ(found, hits) << query;
            best = std::min(best, took.count());
        }
        slowest = std::max(slowest, best);
    }
    RecordProperty("slowest_query_ms", std::to_string(slowest));
}

TEST(LabelSearch, RepeatedWords)
{
    EXPECT_EQ(names("apple  apple juice"), (Names{"苹果汁"}));
    EXPECT_FALSE(names("s s").empty());
}

TEST(LabelSearch, EveryLabelIsFoundByItsOwnNames)
{
    const QList<Label> all = imagenetLabels().labels() + groceryLabels().labels();
    const LabelSearch search(all);
    for (const Label& each : all) {
        for (const QString& name : {each.zh, each.en}) {
            const QList<LabelHit> hits = search.find(name, 4);
            const bool found = std::any_of(hits.begin(), hits.end(), [&](const LabelHit& hit) {
                return hit.match == LabelMatch::Exact && (hit.label.zh == each.zh || hit.label.en == each.en);
            });
            EXPECT_TRUE(found) << name.toStdString();
        }
    }
}
