#include "core/learning/ViewPool.h"

#include "core/base/Job.h"
#include "core/learning/LearningText.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <numeric>

namespace goodsight {

namespace {

/// Rows in one pass through the frozen layers, the same ones after a kill.
constexpr std::size_t kGroup = 32;

const char* nameOf(Boundary boundary)
{
    switch (boundary) {
    case Boundary::Pictures:
        return "pictures";
    case Boundary::Layer2:
        return "layer2";
    case Boundary::Layer3:
        return "layer3";
    case Boundary::Embedding:
        break;
    }
    return "embedding";
}

std::vector<uint16_t> halves(std::span<const float> values)
{
    std::vector<uint16_t> out(values.size());
    std::transform(values.begin(), values.end(), out.begin(), halfFromFloat);
    return out;
}

/// floatFromHalf() of every half, by a table.
const std::vector<float>& halfTable()
{
    static const std::vector<float> table = [] {
        std::vector<float> values(1U << 16);
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = floatFromHalf(static_cast<uint16_t>(i));
        return values;
    }();
    return table;
}

std::span<const std::byte> bytesOf(const QByteArray& bytes)
{
    return std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

} // namespace

ViewPool::ViewPool(const ViewPictures& pictures, std::vector<ViewRef> rows, Options options)
    : m_pictures(pictures)
    , m_rows(std::move(rows))
    , m_options(std::move(options))
    , m_room(m_options.maxBytes)
{}

std::size_t ViewPool::rowBytes(Boundary boundary) const
{
    const std::size_t numbers = shapeAt(boundary, m_options.side).numbers();
    return boundary == Boundary::Pictures ? numbers : numbers * sizeof(uint16_t);
}

ActivationStore& ViewPool::storeOf(Boundary boundary, int generation)
{
    Kept& kept = m_kept[boundary];
    if (kept.store && kept.generation == generation)
        return *kept.store;
    const std::size_t bytes = rowBytes(boundary);
    const qint64 wanted = static_cast<qint64>((bytes + sizeof(quint64)) * m_rows.size());
    if (kept.store) {
        m_room += kept.store->rows() * static_cast<qint64>(bytes + sizeof(quint64));
        kept.store->remove();
    }
    const qint64 given = std::min(wanted, m_room);
    m_room -= given;
    const QString file = QStringLiteral("%1/%2-%3-%4.rows")
                             .arg(m_options.folder, m_options.name, QLatin1String(nameOf(boundary)))
                             .arg(generation);
    kept.generation = generation;
    const quint64 key = m_options.key * 31 + static_cast<quint64>(generation);
    kept.store = std::make_unique<ActivationStore>(file, bytes, key, given);
    return *kept.store;
}

bool ViewPool::stopRequested() const
{
    return m_options.stopRequested && m_options.stopRequested();
}

std::vector<QByteArray> ViewPool::picturesOf(std::span<const ViewRef> views)
{
    // Neighbouring views of one photo are made of one decoding.
    std::vector<std::size_t> firsts;
    for (std::size_t i = 0; i < views.size(); ++i) {
        if (i == 0 || views[i].photo != views[i - 1].photo)
            firsts.push_back(i);
    }
    std::vector<QByteArray> pictures(views.size());
    std::vector<std::optional<Error>> errors(firsts.size());
    forEachParallel(firsts.size(), m_options.threads, [&](std::size_t f) {
        if (stopRequested())
            return;
        const std::size_t end = f + 1 < firsts.size() ? firsts[f + 1] : views.size();
        std::vector<int> wanted;
        for (std::size_t i = firsts[f]; i < end; ++i)
            wanted.push_back(views[i].view);
        const auto made = m_pictures.make(views[firsts[f]].photo, wanted, m_options.side);
        if (!made) {
            errors[f] = made.error();
            return;
        }
        const auto rowSize = static_cast<qsizetype>(m_options.side) * 3;
        for (std::size_t i = firsts[f]; i < end; ++i) {
            const QImage& picture = (*made)[i - firsts[f]];
            QByteArray& bytes = pictures[i];
            bytes.reserve(rowSize * m_options.side);
            for (int y = 0; y < picture.height(); ++y)
                bytes.append(reinterpret_cast<const char*>(picture.constScanLine(y)), rowSize);
        }
    });
    for (std::size_t f = 0; f < firsts.size(); ++f) {
        if (errors[f] && m_options.failed)
            m_options.failed(views[firsts[f]].photo, *errors[f]);
    }
    return pictures;
}

std::vector<float> ViewPool::normalised(std::span<const QByteArray> pictures) const
{
    const PreprocessSpec& spec = m_pictures.preprocessing();
    std::array<std::array<float, 256>, 3> value{};
    for (std::size_t channel = 0; channel < 3; ++channel) {
        for (std::size_t byte = 0; byte < 256; ++byte)
            value[channel][byte] =
                (static_cast<float>(byte) / 255.0F - spec.mean[channel]) / spec.std[channel];
    }
    const std::size_t numbers = rowBytes(Boundary::Pictures);
    std::vector<float> floats(numbers * pictures.size());
    float* to = floats.data();
    for (const QByteArray& picture : pictures) {
        if (picture.isEmpty()) {
            to += numbers;
            continue;
        }
        const auto* from = reinterpret_cast<const uchar*>(picture.constData());
        for (std::size_t i = 0; i < numbers; ++i)
            *to++ = value[i % 3][from[i]];
    }
    return floats;
}

Result<std::vector<std::vector<float>>> ViewPool::run(TrainableNetwork& network,
                                                      std::span<const float> pictures, std::size_t count,
                                                      std::span<const Boundary> to) const
{
    auto made = network.run({Boundary::Pictures, m_options.side, static_cast<int>(count), pictures}, to,
                            m_options.coarse);
    if (made || count == 1 || made.error().code != u"out-of-memory")
        return made;
    const std::size_t half = count / 2;
    const std::size_t numbers = rowBytes(Boundary::Pictures);
    made = run(network, pictures.first(half * numbers), half, to);
    if (!made)
        return made;
    const auto rest = run(network, pictures.subspan(half * numbers), count - half, to);
    if (!rest)
        return rest;
    for (std::size_t i = 0; i < to.size(); ++i)
        (*made)[i].insert((*made)[i].end(), (*rest)[i].begin(), (*rest)[i].end());
    return made;
}

Result<void> ViewPool::prepare(TrainableNetwork& network, std::span<const Wanted> boundaries)
{
    std::vector<std::pair<Boundary, ActivationStore*>> wanted;
    for (const Wanted& one : boundaries) {
        ActivationStore& store = storeOf(one.boundary, one.generation);
        if (!store.isFull() && store.rows() < static_cast<qint64>(m_rows.size()))
            wanted.emplace_back(one.boundary, &store);
    }
    if (wanted.empty())
        return {};
    qint64 first = static_cast<qint64>(m_rows.size());
    for (const auto& [boundary, store] : wanted)
        first = std::min(first, store->rows());
    first -= first % static_cast<qint64>(kGroup);
    for (const auto& [boundary, store] : wanted)
        store->truncate(first);

    std::vector<Boundary> layers;
    for (const auto& [boundary, store] : wanted) {
        if (boundary != Boundary::Pictures)
            layers.push_back(boundary);
    }
    ActivationStore* pictureStore = nullptr;
    if (const auto found = m_kept.find(Boundary::Pictures); found != m_kept.end())
        pictureStore = found->second.store.get();
    for (auto begin = static_cast<std::size_t>(first); begin < m_rows.size(); begin += kGroup) {
        if (stopRequested())
            return fail(cancelledError());
        if (m_options.progress)
            m_options.progress(static_cast<qint64>(begin), static_cast<qint64>(m_rows.size()));
        const std::size_t count = std::min(kGroup, m_rows.size() - begin);
        std::vector<QByteArray> pictures(count);
        bool read = pictureStore != nullptr;
        for (std::size_t i = 0; i < count && read; ++i) {
            pictures[i].resize(static_cast<qsizetype>(rowBytes(Boundary::Pictures)));
            read = pictureStore->read(static_cast<qint64>(begin + i),
                                      std::as_writable_bytes(std::span(
                                          pictures[i].data(), static_cast<std::size_t>(pictures[i].size()))));
        }
        if (!read)
            pictures = picturesOf(std::span(m_rows).subspan(begin, count));
        if (stopRequested())
            return fail(cancelledError());
        std::vector<std::vector<float>> made;
        if (!layers.empty()) {
            const std::vector<float> input = normalised(pictures);
            auto outputs = run(network, input, count, layers);
            if (!outputs)
                return fail(outputs.error());
            made = std::move(*outputs);
        }
        std::size_t layer = 0;
        for (const auto& [boundary, store] : wanted) {
            if (boundary == Boundary::Pictures) {
                const QByteArray nothing(static_cast<qsizetype>(rowBytes(boundary)), '\0');
                for (const QByteArray& picture : pictures)
                    store->append(bytesOf(picture.isEmpty() ? nothing : picture));
                continue;
            }
            const std::vector<uint16_t> rounded = halves(made[layer++]);
            const std::size_t numbers = rounded.size() / count;
            for (std::size_t i = 0; i < count; ++i)
                store->append(std::as_bytes(std::span(rounded).subspan(i * numbers, numbers)));
        }
    }
    if (m_options.progress)
        m_options.progress(static_cast<qint64>(m_rows.size()), static_cast<qint64>(m_rows.size()));
    return {};
}

Result<std::vector<float>> ViewPool::make(TrainableNetwork& network, std::span<const ViewRef> views,
                                          Boundary boundary)
{
    const std::vector<QByteArray> pictures = picturesOf(views);
    if (stopRequested())
        return fail(cancelledError());
    std::vector<float> input = normalised(pictures);
    if (boundary == Boundary::Pictures)
        return input;
    auto made = run(network, input, views.size(), std::array{boundary});
    if (!made)
        return fail(made.error());
    std::vector<float>& values = made->front();
    std::transform(values.begin(), values.end(), values.begin(),
                   [](float value) { return halfTable()[halfFromFloat(value)]; });
    return std::move(values);
}

Result<std::vector<float>> ViewPool::fetch(TrainableNetwork& network, std::span<const std::size_t> rows,
                                           Boundary boundary)
{
    const std::size_t numbers = shapeAt(boundary, m_options.side).numbers();
    std::vector<float> out(numbers * rows.size());
    const auto kept = m_kept.find(boundary);
    std::vector<std::size_t> absent;
    std::vector<std::byte> bytes(rowBytes(boundary));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (kept == m_kept.end() || !kept->second.store->read(static_cast<qint64>(rows[i]), bytes)) {
            absent.push_back(i);
            continue;
        }
        float* const to = out.data() + i * numbers;
        if (boundary == Boundary::Pictures) {
            const QByteArray picture = QByteArray::fromRawData(reinterpret_cast<const char*>(bytes.data()),
                                                               static_cast<qsizetype>(bytes.size()));
            const std::vector<float> floats = normalised(std::span(&picture, 1));
            std::copy(floats.begin(), floats.end(), to);
            continue;
        }
        const float* const table = halfTable().data();
        for (std::size_t k = 0; k < numbers; ++k) {
            uint16_t half = 0;
            std::memcpy(&half, bytes.data() + k * sizeof half, sizeof half);
            to[k] = table[half];
        }
    }
    if (absent.empty())
        return out;
    std::vector<ViewRef> views;
    for (const std::size_t i : absent)
        views.push_back(m_rows[rows[i]]);
    const auto made = make(network, views, boundary);
    if (!made)
        return fail(made.error());
    for (std::size_t k = 0; k < absent.size(); ++k)
        std::copy_n(made->data() + k * numbers, numbers, out.data() + absent[k] * numbers);
    return out;
}

qint64 ViewPool::bytes() const
{
    qint64 sum = 0;
    for (const auto& [boundary, kept] : m_kept)
        sum += kept.store->rows() * static_cast<qint64>(rowBytes(boundary) + sizeof(quint64));
    return sum;
}

void ViewPool::remove()
{
    for (auto& [boundary, kept] : m_kept)
        kept.store->remove();
}

} // namespace goodsight
