#pragma once

#include "core/base/AutomaticRule.h"

#include <QByteArray>
#include <QObject>
#include <QSettings>

namespace goodsight {

/// A model that another one took the place of.
struct ReplacedModel {
    QString by; ///< fingerprint of the one that took its place
    QString name;
    QString fingerprint;
};

/// The user's settings, typed, with defaults, kept in paths::settingsFile(). UI thread.
///
/// Every setter writes through and emits changed() with the key when the value really changed.
class Settings : public QObject {
    Q_OBJECT
public:
    enum class Theme { System, Light, Dark };
    Q_ENUM(Theme)

    explicit Settings(const QString& file, QObject* parent = nullptr);

    /// "zh_CN", "en", or empty: follow the system.
    [[nodiscard]] QString language() const;
    void setLanguage(const QString& language);

    [[nodiscard]] Theme theme() const;
    void setTheme(Theme theme);

    /// Threads for recognition, 1 to the number of cores; 0 in the file means automatic.
    [[nodiscard]] int threads() const;
    /// What was chosen: 0 for automatic.
    [[nodiscard]] int threadsSetting() const;
    void setThreads(int threads);

    /// Engine for recognition: "auto" (default), "onednn-int8", "onednn-fp32", "torch".
    [[nodiscard]] QString backend() const;
    void setBackend(const QString& name);

    /// Confidence from which an answer counts as sure, 0..1 (default 0.8).
    [[nodiscard]] double sureThreshold() const;
    void setSureThreshold(double value);
    /// Confidence below which a person is asked to check, 0..1 (default 0.5), never above sureThreshold.
    [[nodiscard]] double reviewThreshold() const;
    void setReviewThreshold(double value);

    /// Whether answers count for the next photo at once (default true).
    static constexpr QLatin1String kInstantLearning{"learning/instant"};
    [[nodiscard]] bool instantLearning() const;
    void setInstantLearning(bool on);

    /// After how many answers the head is fitted anew, while answers are learnt from at once (default
    /// kDefaultRetrainAfter); 0: never.
    static constexpr QLatin1String kRetrainAfter{"learning/retrainAfter"};
    static constexpr int kDefaultRetrainAfter = 20;
    static constexpr int kMostRetrainAfter = 1000;
    [[nodiscard]] int retrainAfter() const;
    void setRetrainAfter(int answers);

    /// Whether confidences are calibrated by the model's temperature (default true).
    static constexpr QLatin1String kCalibrated{"recognition/calibrated"};
    [[nodiscard]] bool calibrated() const;
    void setCalibrated(bool on);

    /// When more views of a photo are taken: "off" (default), "auto", "always".
    static constexpr QLatin1String kAugmentation{"recognition/views"};
    [[nodiscard]] QString augmentation() const;
    void setAugmentation(const QString& name);

    /// What an answer's prior comes from: nothing (default), the answers of the project, a table in a file.
    enum class Prior { Off, Project, File };
    Q_ENUM(Prior)
    static constexpr QLatin1String kPrior{"prior/source"};
    [[nodiscard]] Prior prior() const;
    void setPrior(Prior prior);
    /// The table of Prior::File; empty where none was chosen.
    static constexpr QLatin1String kPriorFile{"prior/file"};
    [[nodiscard]] QString priorFile() const;
    void setPriorFile(const QString& file);

    /// When answers are taken without a person; nothing (default): never.
    static constexpr QLatin1String kAutomaticRule{"automatic/rule"};
    [[nodiscard]] std::optional<AutomaticRule> automaticRule() const;
    void setAutomaticRule(const std::optional<AutomaticRule>& rule);

    /// Largest picture that is decoded, in megapixels (default 200).
    [[nodiscard]] int maxMegapixels() const;
    void setMaxMegapixels(int value);

    /// Name of the model in use (default "groceries").
    [[nodiscard]] QString model() const;
    void setModel(const QString& name);

    /// Which model made way when a person chose another one; an empty `by` where none did, or it is back.
    [[nodiscard]] ReplacedModel replacedModel() const;
    void setReplacedModel(const ReplacedModel& model);

    /// Project folder in use; the default project when none was chosen.
    [[nodiscard]] QString projectDir() const;
    void setProjectDir(const QString& dir);

    /// Id of the camera last used, as the platform names it.
    [[nodiscard]] QString camera() const;
    void setCamera(const QString& id);

    /// Geometry and other window state under a free name.
    [[nodiscard]] QByteArray windowState(const QString& name) const;
    void setWindowState(const QString& name, const QByteArray& state);

Q_SIGNALS:
    void changed(const QString& key);

private:
    void set(const QString& key, const QVariant& value);
    QSettings m_settings;
};

} // namespace goodsight
