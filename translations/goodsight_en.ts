<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>goodsight::Learning</name>
    <message numerus="yes">
        <source>taught by %n photo(s)</source>
        <translation>
            <numerusform>taught by %n photo</numerusform>
            <numerusform>taught by %n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No product has %n photo(s) yet.</source>
        <translation>
            <numerusform>No product has %n photo yet.</numerusform>
            <numerusform>No product has %n photos yet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>learnt from %n answer(s)</source>
        <translation>
            <numerusform>learnt from %n answer</numerusform>
            <numerusform>learnt from %n answers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>goodsight::CandidateCard</name>
    <message numerus="yes">
        <source>▲ +%n point(s)</source>
        <translation>
            <numerusform>▲ +%n point</numerusform>
            <numerusform>▲ +%n points</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>▼ −%n point(s)</source>
        <translation>
            <numerusform>▼ −%n point</numerusform>
            <numerusform>▼ −%n points</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>goodsight::ComparisonPage</name>
    <message numerus="yes">
        <source>%n more wait(s)</source>
        <translation>
            <numerusform>%n more waits</numerusform>
            <numerusform>%n more wait</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n was/were passed over</source>
        <translation>
            <numerusform>%n was passed over</numerusform>
            <numerusform>%n were passed over</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n product(s) with fewer than %1 photos count in the total only.</source>
        <translation>
            <numerusform>%n product with fewer than %1 photos counts in the total only.</numerusform>
            <numerusform>%n products with fewer than %1 photos count in the total only.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more answered photo(s) until the next look. Sure answers are not taken without you meanwhile.</source>
        <translation>
            <numerusform>%n more answered photo until the next look. Sure answers are not taken without you meanwhile.</numerusform>
            <numerusform>%n more answered photos until the next look. Sure answers are not taken without you meanwhile.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>goodsight::MainWindow</name>
    <message numerus="yes">
        <source>%1 · %n thread(s)</source>
        <translation>
            <numerusform>%1 · %n thread</numerusform>
            <numerusform>%1 · %n threads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n taken by itself</source>
        <translation>
            <numerusform>%n taken by itself</numerusform>
            <numerusform>%n taken by itself</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>more views for %1 of %n photo(s)</source>
        <translation>
            <numerusform>more views for %1 of %n photo</numerusform>
            <numerusform>more views for %1 of %n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>goodsight::ModelCard</name>
    <message numerus="yes">
        <source>%n product(s)</source>
        <translation>
            <numerusform>%n product</numerusform>
            <numerusform>%n products</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>goodsight::RecognitionPage</name>
    <message numerus="yes">
        <source>about %n minute(s) left</source>
        <translation>
            <numerusform>about %n minute left</numerusform>
            <numerusform>about %n minutes left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to go</source>
        <translation>
            <numerusform>%n to go</numerusform>
            <numerusform>%n to go</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The last step changed %n photo(s) at once.</source>
        <translation>
            <numerusform>The last step changed %n photo at once.</numerusform>
            <numerusform>The last step changed %n photos at once.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>goodsight::RetrainingWords</name>
    <message numerus="yes">
        <source>Fitted %1 to %n answer(s): right on %2 of them in cross-validation, and on %3 of the model&apos;s held-out photos (before: %4).</source>
        <translation>
            <numerusform>Fitted %1 to %n answer: right on %2 of them in cross-validation, and on %3 of the model&apos;s held-out photos (before: %4).</numerusform>
            <numerusform>Fitted %1 to %n answers: right on %2 of them in cross-validation, and on %3 of the model&apos;s held-out photos (before: %4).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Fitted %1 to %n answer(s): right on %2 of the model&apos;s held-out photos (before: %3). Each product was photographed in one go, so that nothing can tell how well it knows other photos of them.</source>
        <translation>
            <numerusform>Fitted %1 to %n answer: right on %2 of the model&apos;s held-out photos (before: %3). Each product was photographed in one go, so that nothing can tell how well it knows other photos of them.</numerusform>
            <numerusform>Fitted %1 to %n answers: right on %2 of the model&apos;s held-out photos (before: %3). Each product was photographed in one go, so that nothing can tell how well it knows other photos of them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more answer(s) until the first fit.</source>
        <translation>
            <numerusform>%n more answer until the first fit.</numerusform>
            <numerusform>%n more answers until the first fit.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>goodsight::ConfusionPanel</name>
    <message numerus="yes">
        <source>%1: %n photo(s) right</source>
        <translation>
            <numerusform>%1: %n photo right</numerusform>
            <numerusform>%1: %n photos right</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 taken for %2: %n photo(s)</source>
        <translation>
            <numerusform>%1 taken for %2: %n photo</numerusform>
            <numerusform>%1 taken for %2: %n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>goodsight::EvaluationOverview</name>
    <message numerus="yes">
        <source>%n photo(s) left out: the model has learnt from them</source>
        <translation>
            <numerusform>%n photo left out: the model has learnt from it</numerusform>
            <numerusform>%n photos left out: the model has learnt from them</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the model has learnt from %n of these photos: too good to be true</source>
        <translation>
            <numerusform>the model has learnt from %n of these photos: too good to be true</numerusform>
            <numerusform>the model has learnt from %n of these photos: too good to be true</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n product(s)</source>
        <translation>
            <numerusform>%n product</numerusform>
            <numerusform>%n products</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) of products that the model does not know</source>
        <translation>
            <numerusform>%n photo of products that the model does not know</numerusform>
            <numerusform>%n photos of products that the model does not know</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) could not be read</source>
        <translation>
            <numerusform>%n photo could not be read</numerusform>
            <numerusform>%n photos could not be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) lie in folders that no product is called after</source>
        <translation>
            <numerusform>%n photo lies in folders that no product is called after</numerusform>
            <numerusform>%n photos lie in folders that no product is called after</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>goodsight::LabelCountsModel</name>
    <message numerus="yes">
        <source>%n photo(s), %1 are better</source>
        <translation>
            <numerusform>%n photo, %1 are better</numerusform>
            <numerusform>%n photos, %1 are better</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>goodsight::TrainingProgressView</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n product(s)</source>
        <translation>
            <numerusform>%n product</numerusform>
            <numerusform>%n products</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>only %n photo(s): take more</source>
        <translation>
            <numerusform>only %n photo: take more</numerusform>
            <numerusform>only %n photos: take more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) waiting</source>
        <translation>
            <numerusform>%n run waiting</numerusform>
            <numerusform>%n runs waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>goodsight::TrainingSetupView</name>
    <message numerus="yes">
        <source>%n labelled photo(s)</source>
        <translation>
            <numerusform>%n labelled photo</numerusform>
            <numerusform>%n labelled photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n product(s)</source>
        <translation>
            <numerusform>%n product</numerusform>
            <numerusform>%n products</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n product(s) have fewer than %1 photos: they come first.</source>
        <translation>
            <numerusform>%n product has fewer than %1 photos: they come first.</numerusform>
            <numerusform>%n products have fewer than %1 photos: they come first.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>goodsight::EffectWords</name>
    <message numerus="yes">
        <source>On %n validation photo(s): </source>
        <translation>
            <numerusform>On %n validation photo: </numerusform>
            <numerusform>On %n validation photos: </numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>So far: %1 of %n photo(s), %2 ms more for each photo on average.</source>
        <translation>
            <numerusform>So far: %1 of %n photo, %2 ms more for each photo on average.</numerusform>
            <numerusform>So far: %1 of %n photos, %2 ms more for each photo on average.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>goodsight::SwitchMeasurementJob</name>
    <message numerus="yes">
        <source>Only %n labelled validation photo(s) of products that the model knows.</source>
        <translation>
            <numerusform>Only %n labelled validation photo of products that the model knows.</numerusform>
            <numerusform>Only %n labelled validation photos of products that the model knows.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>goodsight::TrainingWords</name>
    <message numerus="yes">
        <source>%n photo(s) could not be used.</source>
        <translation>
            <numerusform>%n photo could not be used.</numerusform>
            <numerusform>%n photos could not be used.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>goodsight::Promotion</name>
    <message numerus="yes">
        <source>The new model is being compared: %n more answered photo(s) are needed.</source>
        <translation>
            <numerusform>The new model is being compared: %n more answered photo is needed.</numerusform>
            <numerusform>The new model is being compared: %n more answered photos are needed.</numerusform>
        </translation>
    </message>
</context>
</TS>
