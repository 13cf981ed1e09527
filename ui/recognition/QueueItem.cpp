#include "ui/recognition/QueueItem.h"

namespace goodsight {

Answer answerOf(const QueueItem& item, const QString& labelId, const QString& newName,
                const std::optional<AutomaticNote>& note)
{
    Answer answer;
    answer.photo.path = item.source.path;
    answer.photo.bytes = item.source.bytes;
    answer.photo.suffix = item.source.suffix;
    answer.photo.source = item.origin;
    answer.labelId = labelId;
    answer.newLabelName = newName;
    answer.state = PhotoState::Corrected;
    if (item.recognition) {
        const Recognition& r = *item.recognition;
        answer.photo.sha256 = r.sha256;
        if (!labelId.isEmpty() && !r.top.isEmpty() && r.top.first().id == labelId)
            answer.state = PhotoState::Accepted;
        // Another model may have answered since.
        if (note && note->modelFingerprint == r.modelFingerprint)
            answer.automatic = note;
        if (answer.automatic && !answer.automatic->audit)
            answer.state = PhotoState::Automatic;
        answer.prediction.model = r.model;
        answer.prediction.modelFingerprint = r.modelFingerprint;
        answer.prediction.backend = r.backend;
        for (const Candidate& candidate : r.top)
            answer.prediction.top.append({candidate.id, candidate.confidence});
        answer.embedding = r.embedding;
        answer.backbone = r.embeddingKey;
    }
    return answer;
}

} // namespace goodsight
