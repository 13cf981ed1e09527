#include "core/model/Pickle.h"

#include <gtest/gtest.h>

#include <random>

using namespace goodsight;
using pickle::Failure;

namespace {

/// A literal with the zero bytes in it.
template <std::size_t N>
QByteArray exactly(const char (&text)[N])
{
    return QByteArray(text, N - 1);
}

Failure failureOf(const QByteArray& bytes)
{
    const auto document = pickle::Document::read(bytes);
    EXPECT_FALSE(document) << bytes.toHex().constData();
    return document ? Failure{} : document.error();
}

/// `(typename 'FloatStorage', key '0', 'cpu', elements)` as a persistent id, then the rest of a tensor.
QByteArray tensor(const QByteArray& elements, const QByteArray& offset, const QByteArray& shape,
                  const QByteArray& strides)
{
    const auto text = [](const QByteArray& word) {
        return QByteArray("\x8c") + static_cast<char>(word.size()) + word;
    };
    return "\x80\x02" + QByteArray("ctorch._utils\n_rebuild_tensor_v2\n((") + text("storage") +
           "ctorch\nFloatStorage\n" + text("0") + text("cpu") + elements + "tQ" + offset + "(" + shape +
           "t(" + strides + "t\x89" + "ccollections\nOrderedDict\n)RtR.";
}

} // namespace

TEST(Pickle, EveryWayToNameAFunctionIsRefused)
{
    for (const QByteArray& bytes : {
             exactly("cos\nsystem\n(X\x02\x00\x00\x00lstR."), // GLOBAL, protocol 0
             QByteArray("\x80\x02"
                        "cos\nsystem\n."),                        // GLOBAL
             QByteArray("\x80\x04\x8c\x02os\x8c\x06system\x93."), // STACK_GLOBAL
             QByteArray("(ios\nsystem\n."),                       // INST
         }) {
        const Failure failure = failureOf(bytes);
        EXPECT_EQ(failure.kind, Failure::Kind::Refused) << bytes.toHex().constData();
        EXPECT_EQ(failure.what, QStringLiteral("os.system")) << bytes.toHex().constData();
    }
    for (const char* name : {"builtins\neval", "collections\nOrderedDict.fromkeys", "torch\nload",
                             "torch._utils\n_rebuild_tensor", "torch\nFloatStorage2", "\n", "torch\n"}) {
        EXPECT_EQ(failureOf(QByteArray("\x80\x02") + 'c' + name + "\n.").kind, Failure::Kind::Refused)
            << name;
    }
}

TEST(Pickle, OtherOpcodesAreRefusedByNumber)
{
    const QByteArray known("\x80\x95.(c\x93)\x85\x86\x87t]ae}suqr\x94hjRbQN\x88\x89JKM\x8aGX\x8ci");
    for (int opcode = 0; opcode < 256; ++opcode) {
        if (known.contains(static_cast<char>(opcode)))
            continue;
        const Failure failure = failureOf(QByteArray("\x80\x02") + static_cast<char>(opcode) + ".");
        EXPECT_EQ(failure.kind, Failure::Kind::Refused) << opcode;
        EXPECT_TRUE(failure.what.contains(QString::number(opcode, 16))) << qPrintable(failure.what);
    }
    EXPECT_EQ(failureOf("\x80\x06N.").what, QStringLiteral("pickle protocol 6"));
}

TEST(Pickle, AllowedNamesCannotBeMisused)
{
    for (const char* bytes : {
             "\x80\x02"
             "ccollections\nOrderedDict\nK\x01\x85R.", // OrderedDict with arguments
             "\x80\x02"
             "ctorch\nFloatStorage\n)R.", // a storage type called
             "\x80\x02"
             "ctorch._utils\n_rebuild_tensor_v2\n)R.", // too few arguments
             "\x80\x02"
             "ctorch._utils\n_rebuild_parameter\n)R.",
             "\x80\x02"
             "ctorch._utils\n_rebuild_tensor_v2\n(K\x01K\x02K\x03K\x04tR.",
             "\x80\x02"
             "K\x01}b.", // a state set on a number
             "\x80\x02"
             "}K\x01"
             "b.", // a number as a state
             "\x80\x02"
             "K\x01Q.", // a persistent id that is a number
             "\x80\x02"
             "K\x01)R.", // a number called
             "\x80\x02"
             "K\x01K\x02R.",
         }) {
        const Failure failure = failureOf(bytes);
        EXPECT_NE(failure.kind, Failure::Kind::Truncated) << bytes;
    }
}

TEST(Pickle, TheStackIsGuarded)
{
    for (const char* bytes : {
             ".",
             "t.",
             "u.",
             "e.",
             "a.",
             "s.",
             "R.",
             "b.",
             "Q.",
             "(.",
             "(Na.",
             "N(a.",
             "}(s.",
             "}N(Ns.",
             "]N(a.",
             "\x85.",
             "N\x86.",
             "N(\x85.",
             "q\x01.",
             "h\x01.",
             "(u.",
             "](u.",
             "}(Nu.",
             "(e.",
             "}(Ne.",
             "\x93.",
             "NN\x93.",
             "\x8a\x09"
             "123456789.",
         }) {
        EXPECT_EQ(failureOf(bytes).kind, Failure::Kind::Broken) << bytes;
    }
    for (const char* bytes : {"", "N", "J", "K", "Jabc", "X",
                              "\x8c\x05"
                              "abc",
                              "c", "cos", "cos\nsys", "q", "r",
                              "\x8a\x04"
                              "1",
                              "G1234567", "\x95", "\x80"})
        EXPECT_EQ(failureOf(bytes).kind, Failure::Kind::Truncated) << bytes;
    // A text of 4 GB in a pickle of ten bytes, and piles without end.
    EXPECT_EQ(failureOf("X\xff\xff\xff\xff"
                        "abc.")
                  .kind,
              Failure::Kind::Broken);
    EXPECT_EQ(failureOf(QByteArray(1'000'000, '(')).kind, Failure::Kind::Broken);
    EXPECT_EQ(failureOf(QByteArray(1'000'000, 'N')).kind, Failure::Kind::Broken);
    EXPECT_EQ(failureOf(QByteArray(1'000'000, ']') + "aaa").kind, Failure::Kind::Broken);
}

TEST(Pickle, ACircleAndDeepNestingDoNoHarm)
{
    const auto circle = pickle::Document::read("\x80\x02]q\x01h\x01"
                                               "a.");
    EXPECT_TRUE(circle);
    QByteArray deep("\x80\x02)");
    deep += QByteArray(150'000, '\x85') + '.';
    EXPECT_TRUE(pickle::Document::read(deep));
}

TEST(Pickle, NumbersAreReadAsPythonWritesThem)
{
    const auto integer = [](const QByteArray& bytes) {
        const auto document = pickle::Document::read(bytes);
        EXPECT_TRUE(document);
        return document ? std::get<int64_t>(document->root().v) : 0;
    };
    EXPECT_EQ(integer("K\xff."), 255);
    EXPECT_EQ(integer("M\xff\xff."), 65535);
    EXPECT_EQ(integer("J\xff\xff\xff\xff."), -1);
    EXPECT_EQ(integer(exactly("\x8a\x00.")), 0);
    EXPECT_EQ(integer("\x8a\x01\xff."), -1);
    EXPECT_EQ(integer(exactly("\x8a\x05\x00\x00\x00\x00\x01.")), int64_t{1} << 32);
    EXPECT_EQ(integer(exactly("\x8a\x08\x00\x00\x00\x00\x00\x00\x00\x80.")), INT64_MIN);
}

TEST(Pickle, TensorsStayInsideTheirStorage)
{
    const QByteArray k12("K\x0c");
    EXPECT_TRUE(pickle::Document::read(tensor(k12, exactly("K\0"), "K\x03K\x04", "K\x04K\x01")));
    EXPECT_TRUE(pickle::Document::read(tensor(k12, "K\x0c", exactly("K\0"), "K\x01"))) << "empty at the end";
    const QByteArray huge("\x8a\x08\xff\xff\xff\xff\xff\xff\xff\x7f", 10);
    EXPECT_TRUE(pickle::Document::read(tensor(k12, "K\x05", "K\x01", huge))) << "a stride that is never used";
    struct Case {
        QByteArray elements, offset, shape, strides;
    };
    const QByteArray zero("K\0", 2);
    const QByteArray minusOne("J\xff\xff\xff\xff");
    for (const Case& c : std::vector<Case>{
             {k12, "K\x01", "K\x03K\x04", "K\x04K\x01"}, // one too far
             {k12, minusOne, "K\x03", "K\x01"},          // before the start
             {k12, "K\x0d", zero, "K\x01"},              // beyond the end
             {k12, zero, "K\x0d", "K\x01"},              // too long
             {k12, zero, "K\x03", "K\x06"},              // a wide stride
             {k12, "K\x0b", "K\x03", minusOne},          // backwards
             {k12, zero, minusOne, "K\x01"},             // a size below 0
             {k12, zero, "K\x03K\x04", "K\x01"},         // fewer strides than sizes
             {k12, zero, "K\x02", huge},                 // offset + stride overflows
             {k12, huge, "K\x02", huge},
             {k12, zero, "K\x0d", zero}, // expanded: more elements than the storage
             {k12, zero, huge, zero},
             {k12, zero, huge + huge, "K\x01K\x01"}, // the count overflows
             {minusOne, zero, zero, "K\x01"},        // a storage of less than nothing
             {k12, zero, "N", "K\x01"},              // a size that is no number
             {k12, "N", "K\x01", "K\x01"},
         })
        EXPECT_EQ(failureOf(tensor(c.elements, c.offset, c.shape, c.strides)).kind, Failure::Kind::Broken)
            << c.elements.toHex().constData() << ' ' << c.offset.toHex().constData() << ' '
            << c.shape.toHex().constData() << ' ' << c.strides.toHex().constData();
}

TEST(Pickle, RandomBytesNeverCrash)
{
    const QByteArray words("\x80\x95.(c\x93)\x85\x86\x87t]ae}suqr\x94hjRbQN\x88\x89JKM\x8aGX\x8ci\x01\x02");
    std::mt19937 random(11);
    for (int i = 0; i < 20'000; ++i) {
        QByteArray bytes =
            random() % 3 == 0 ? tensor("K\x0c", exactly("K\0"), "K\x03K\x04", "K\x04K\x01") : QByteArray();
        for (int j = 0; j < 40; ++j) {
            const auto at = static_cast<qsizetype>(random() % static_cast<quint32>(bytes.size() + 1));
            bytes.insert(at, words[static_cast<qsizetype>(random() % static_cast<quint32>(words.size()))]);
        }
        (void)pickle::Document::read(bytes);
    }
}
