#include "core/model/PickleMachine.h"

#include <QCoreApplication>

#include <bit>

namespace goodsight::pickle {

namespace {

constexpr std::size_t kMaxValues = 200'000; // a ResNet-152 makes 10'000
constexpr std::size_t kMaxDepth = 200'000;  ///< of the stack, and of open marks
constexpr quint64 kMaxText = 65'536;
constexpr std::size_t kMaxKey = 64; ///< of a storage: each of its tensors keeps a copy
constexpr std::size_t kMaxDimensions = 16;

const std::string kOrderedDict = "collections.OrderedDict";
const std::string kRebuildTensor = "torch._utils._rebuild_tensor_v2";
const std::string kRebuildParameter = "torch._utils._rebuild_parameter";

} // namespace

tl::expected<Document, Failure> Machine::run()
{
    while (!m_stopped && !m_failure) {
        const auto opcode = number<quint8>();
        if (m_failure)
            break;
        step(opcode);
        if (m_stack.size() > kMaxDepth || m_marks.size() > kMaxDepth)
            broken("it piles up too much");
    }
    if (m_failure)
        return tl::unexpected(*m_failure);
    return std::move(m_document);
}

void Machine::step(uchar opcode)
{
    switch (opcode) {
    case 0x80: { // PROTO
        const auto protocol = number<quint8>();
        if (protocol < 2 || protocol > 5)
            fail(Failure::Kind::Refused, QStringLiteral("pickle protocol %1").arg(protocol));
        return;
    }
    case 0x95: // FRAME: the length of what follows, of no use to a reader that has all of it
        take(8);
        return;
    case '.': // STOP
        m_document.m_root = pop();
        m_stopped = true;
        return;
    case '(':
        m_marks.push_back(m_stack.size());
        return;
    case 'c': {
        const std::string module = line();
        global(module, line());
        return;
    }
    case 'i': { // INST: a global and a call in one
        const std::string module = line();
        global(module, line());
        return fail(Failure::Kind::Refused, QStringLiteral("opcode INST"));
    }
    case 0x93:
        return stackGlobal();
    case ')':
        return tuple(0);
    case 0x85:
        return tuple(1);
    case 0x86:
        return tuple(2);
    case 0x87:
        return tuple(3);
    case 't':
        return markedTuple();
    case ']':
        return push({Sequence{false, {}}});
    case 'a':
        return append();
    case 'e':
        return appendMarked();
    case '}':
        return push({Dict{}});
    case 's':
        return setItems(m_stack.size() < 2 ? 0 : m_stack.size() - 2);
    case 'u':
        return setItems(popMark());
    case 'q':
        return memoize(number<quint8>());
    case 'r':
        return memoize(number<quint32>());
    case 0x94:
        return memoize(m_memo.size());
    case 'h':
        return recall(number<quint8>());
    case 'j':
        return recall(number<quint32>());
    case 'R':
        return reduce();
    case 'b':
        return build();
    case 'Q':
        return persistentId();
    default:
        return constant(opcode);
    }
}

void Machine::constant(uchar opcode)
{
    switch (opcode) {
    case 'N':
        return push({None{}});
    case 0x88:
        return push({true});
    case 0x89:
        return push({false});
    case 'J':
        return push({int64_t{number<qint32>()}});
    case 'K':
        return push({int64_t{number<quint8>()}});
    case 'M':
        return push({int64_t{number<quint16>()}});
    case 0x8a:
        return push({longInteger()});
    case 'G': { // a double, big-endian
        const QByteArrayView bytes = take(8);
        return push({bytes.isEmpty() ? 0.0 : std::bit_cast<double>(qFromBigEndian<quint64>(bytes.data()))});
    }
    case 'X':
        return push({text(number<quint32>())});
    case 0x8c:
        return push({text(number<quint8>())});
    default:
        fail(Failure::Kind::Refused, QStringLiteral("opcode 0x%1").arg(opcode, 2, 16, QLatin1Char('0')));
    }
}

void Machine::global(const std::string& module, const std::string& name)
{
    if (m_failure)
        return;
    const std::string full = module + '.' + name;
    if (full != kOrderedDict && full != kRebuildTensor && full != kRebuildParameter && !storageType(full))
        return fail(Failure::Kind::Refused, QString::fromStdString(full));
    push({Global{full}});
}

void Machine::stackGlobal()
{
    const Ref name = pop();
    const Ref module = pop();
    if (!as<std::string>(name) || !as<std::string>(module))
        return broken("a global has no name");
    global(*as<std::string>(module), *as<std::string>(name));
}

void Machine::tuple(std::size_t count)
{
    if (m_stack.size() < count || (!m_marks.empty() && m_stack.size() - count < m_marks.back()))
        return broken("a tuple has too few items");
    Sequence sequence;
    sequence.items.assign(m_stack.end() - static_cast<std::ptrdiff_t>(count), m_stack.end());
    m_stack.resize(m_stack.size() - count);
    push({std::move(sequence)});
}

void Machine::markedTuple()
{
    const std::size_t from = popMark();
    if (!m_failure)
        tuple(m_stack.size() - from);
}

void Machine::append()
{
    const Ref item = pop();
    auto* list = m_stack.empty() ? nullptr : edit<Sequence>(m_stack.back());
    if (!list || list->tuple)
        return broken("something is appended to no list");
    list->items.push_back(item);
}

void Machine::appendMarked()
{
    const std::size_t from = popMark();
    if (m_failure)
        return;
    auto* list = from == 0 ? nullptr : edit<Sequence>(m_stack[from - 1]);
    if (!list || list->tuple)
        return broken("something is appended to no list");
    list->items.insert(list->items.end(), m_stack.begin() + static_cast<std::ptrdiff_t>(from), m_stack.end());
    m_stack.resize(from);
}

void Machine::setItems(std::size_t from)
{
    if (m_failure)
        return;
    auto* dict = from == 0 ? nullptr : edit<Dict>(m_stack[from - 1]);
    if (!dict || (m_stack.size() - from) % 2 != 0 || (!m_marks.empty() && from < m_marks.back() + 1))
        return broken("an item is set in no dict");
    for (std::size_t i = from; i < m_stack.size(); i += 2)
        dict->items.emplace_back(m_stack[i], m_stack[i + 1]);
    m_stack.resize(from);
}

void Machine::reduce()
{
    const auto* arguments = as<Sequence>(pop());
    const auto* callee = as<Global>(pop());
    if (m_failure)
        return;
    if (!arguments || !arguments->tuple || !callee)
        return broken("a call has no name");
    if (callee->name == kOrderedDict) {
        if (!arguments->items.empty())
            return broken("an OrderedDict has arguments");
        return push({Dict{}});
    }
    if (callee->name == kRebuildTensor)
        return rebuildTensor(*arguments);
    if (callee->name == kRebuildParameter) {
        // A parameter is its tensor with a flag and hooks, of which a reader of numbers needs neither.
        const auto* view = arguments->items.empty() ? nullptr : as<TensorView>(arguments->items.front());
        if (!view)
            return broken("a parameter has no tensor");
        return push({*view});
    }
    fail(Failure::Kind::Refused, QString::fromStdString(callee->name));
}

void Machine::rebuildTensor(const Sequence& arguments)
{
    if (arguments.items.size() < 4)
        return broken("a tensor has too few arguments");
    const auto* storage = as<Storage>(arguments.items[0]);
    const auto* offset = as<int64_t>(arguments.items[1]);
    const auto* shape = as<Sequence>(arguments.items[2]);
    const auto* strides = as<Sequence>(arguments.items[3]);
    if (!storage || !offset || !shape || !strides || shape->items.size() > kMaxDimensions)
        return broken("a tensor has odd arguments");
    TensorView view{*storage, *offset, {}, {}};
    for (const Ref item : shape->items)
        view.shape.push_back(as<int64_t>(item) ? *as<int64_t>(item) : -1);
    for (const Ref item : strides->items)
        view.strides.push_back(as<int64_t>(item) ? *as<int64_t>(item) : -1);
    if (!isInside(view))
        return broken("a tensor reaches outside its storage");
    push({std::move(view)});
}

void Machine::build()
{
    // What torch.save attaches to an OrderedDict is its _metadata (versions of layers), of no use here.
    const auto* state = as<Dict>(pop());
    if (m_failure)
        return;
    if (!state || m_stack.empty() || !edit<Dict>(m_stack.back()))
        return broken("a state is set on no dict");
}

void Machine::persistentId()
{
    const auto* id = as<Sequence>(pop());
    if (m_failure)
        return;
    if (!id || id->items.size() != 5 || !as<std::string>(id->items[0]) ||
        *as<std::string>(id->items[0]) != "storage")
        return broken("a reference is not to a storage");
    const auto* global = as<Global>(id->items[1]);
    const auto* key = as<std::string>(id->items[2]);
    const auto* elements = as<int64_t>(id->items[4]);
    const auto type = global ? storageType(global->name) : std::nullopt;
    if (!type || !key || key->size() > kMaxKey || !elements || *elements < 0)
        return broken("a storage is described oddly");
    push({Storage{*type, *key, *elements}});
}

void Machine::memoize(quint64 key)
{
    if (m_failure)
        return;
    if (m_stack.empty())
        return broken("nothing is there to be remembered");
    if (m_memo.size() >= kMaxValues)
        return broken("it remembers too much");
    m_memo.insert_or_assign(key, m_stack.back());
}

void Machine::recall(quint64 key)
{
    if (m_failure)
        return;
    const auto found = m_memo.find(key);
    if (found == m_memo.end())
        return broken("it recalls what it never had");
    m_stack.push_back(found->second);
}

void Machine::fail(Failure::Kind kind, const QString& what)
{
    if (!m_failure)
        m_failure = Failure{kind, what};
}

void Machine::broken(const char* what)
{
    fail(Failure::Kind::Broken, QString::fromLatin1(what));
}

void Machine::truncated()
{
    fail(Failure::Kind::Truncated, {});
}

QByteArrayView Machine::take(quint64 count)
{
    if (m_failure)
        return {};
    if (count > static_cast<quint64>(m_bytes.size() - m_position)) {
        truncated();
        return {};
    }
    const QByteArrayView bytes = m_bytes.sliced(m_position, static_cast<qsizetype>(count));
    m_position += static_cast<qsizetype>(count);
    return bytes;
}

std::string Machine::line()
{
    const qsizetype end = m_bytes.sliced(m_position).indexOf('\n');
    if (end < 0 || static_cast<quint64>(end) > kMaxText) {
        truncated();
        return {};
    }
    const QByteArrayView bytes = take(static_cast<quint64>(end));
    take(1);
    return std::string(bytes.data(), static_cast<std::size_t>(bytes.size()));
}

std::string Machine::text(quint64 length)
{
    if (length > kMaxText) {
        broken("a text is too long");
        return {};
    }
    const QByteArrayView bytes = take(length);
    return std::string(bytes.data(), static_cast<std::size_t>(bytes.size()));
}

int64_t Machine::longInteger()
{
    const auto length = number<quint8>();
    if (length > 8) {
        broken("a number is too long");
        return 0;
    }
    const QByteArrayView bytes = take(length);
    quint64 value = 0;
    for (qsizetype i = bytes.size() - 1; i >= 0; --i)
        value = (value << 8) | static_cast<uchar>(bytes[i]);
    // Sign-extend from the highest bit that is there.
    if (!bytes.isEmpty() && bytes.size() < 8 && (static_cast<uchar>(bytes.back()) & 0x80U) != 0)
        value |= ~quint64{0} << (8 * bytes.size());
    return static_cast<int64_t>(value);
}

Value* Machine::create(Value value)
{
    if (m_document.m_values.size() >= kMaxValues) {
        broken("it makes too many values");
        return nullptr;
    }
    return &m_document.m_values.emplace_back(std::move(value));
}

void Machine::push(Value value)
{
    if (m_failure)
        return;
    if (Value* created = create(std::move(value)))
        m_stack.push_back(created);
}

Ref Machine::pop()
{
    if (m_failure)
        return nullptr;
    if (m_stack.empty() || (!m_marks.empty() && m_stack.size() <= m_marks.back())) {
        broken("it takes what is not there");
        return nullptr;
    }
    const Ref top = m_stack.back();
    m_stack.pop_back();
    return top;
}

std::size_t Machine::popMark()
{
    if (m_failure)
        return 0;
    if (m_marks.empty()) {
        broken("it takes a mark that is not there");
        return 0;
    }
    const std::size_t mark = m_marks.back();
    m_marks.pop_back();
    return mark;
}

} // namespace goodsight::pickle
