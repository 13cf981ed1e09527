#include "core/labels/Pinyin.h"
#include "core/labels/PinyinTable.h"

#include <gtest/gtest.h>

#include <set>

using namespace goodsight;

TEST(Pinyin, WordsAsASpeakerReadsThem)
{
    const std::pair<const char*, const char*> cases[] = {
        {"青苹果", "qing ping guo"},
        {"重庆火锅", "chong qing huo guo"},
        {"柚子", "you zi"},
        {"橙子", "cheng zi"},
        {"可口可乐", "ke kou ke le"},
        {"音乐", "yin yue"},
        {"蛤蜊", "ge li"},
        {"海参", "hai shen"},
        {"胡萝卜", "hu luo bo"},
        {"咖喱", "ga li"},
        {"番茄", "fan qie"},
        {"雪茄", "xue jia"},
        {"荸荠", "bi qi"},
        {"薄荷", "bo he"},
        {"薄饼", "bao bing"},
        {"豆豉", "dou chi"},
        {"什锦", "shi jin"},
        {"地瓜", "di gua"},
        {"藏红花", "zang hong hua"},
        {"阿胶", "e jiao"},
        {"调味料", "tiao wei liao"},
        {"绿茶", "lv cha"},
        {"女鞋", "nv xie"},
        {"长笛", "chang di"},
        {"猪仔包", "zhu zai bao"},
        {"鸭血", "ya xie"},
        {"蔓越莓", "man yue mei"},
    };
    for (const auto& [text, expected] : cases) {

        EXPECT_EQ(pinyin::syllables(QString::fromUtf8(text)).join(u' ').toStdString(), expected) << text;
    }
}

TEST(Pinyin, BothReadingsOfAPolyphone)
{
    const std::pair<char32_t, QStringList> cases[] = {
        {U'重', {QStringLiteral("zhong"), QStringLiteral("chong")}},
        {U'乐', {QStringLiteral("le"), QStringLiteral("yue")}},
        {U'茄', {QStringLiteral("qie"), QStringLiteral("jia")}},
        {U'柚', {QStringLiteral("you")}},
        {U'橙', {QStringLiteral("cheng")}},
    };
    for (const auto& [character, expected] : cases)
        EXPECT_EQ(pinyin::readings(character), expected) << static_cast<unsigned>(character);
}

TEST(Pinyin, WhatIsNotHanHasNone)
{
    EXPECT_TRUE(pinyin::readings(U'a').isEmpty());
    EXPECT_TRUE(pinyin::readings(U'。').isEmpty());
    EXPECT_TRUE(pinyin::readings(U'🍎').isEmpty());
    EXPECT_EQ(pinyin::syllables(QStringLiteral("T恤")), (QStringList{QString(), QStringLiteral("xu")}));
    EXPECT_EQ(pinyin::syllables(QStringLiteral("🍎果")), (QStringList{QString(), QStringLiteral("guo")}));
}

TEST(Pinyin, TheTableIsWellFormed)
{
    std::set<char16_t> characters;
    for (const auto& entry : pinyin::characterTable()) {
        EXPECT_TRUE(characters.insert(entry.character).second)
            << "twice: " << static_cast<unsigned>(entry.character);
        EXPECT_FALSE(QString::fromLatin1(entry.readings).isEmpty());
    }
    QStringList before;
    for (const auto& entry : pinyin::wordTable()) {
        const QString word = entry.word.toString();
        const QStringList spoken = QString::fromLatin1(entry.readings).split(u' ');
        ASSERT_EQ(word.size(), spoken.size()) << word.toStdString();
        for (qsizetype i = 0; i < word.size(); ++i)
            EXPECT_TRUE(pinyin::readings(word[i].unicode()).contains(spoken[i]))
                << word.toStdString() << ": search would not find it by " << spoken[i].toStdString();
        for (const QString& other : std::as_const(before))
            EXPECT_FALSE(word.startsWith(other)) << word.toStdString() << " is never reached";
        before.append(word);
    }
}
