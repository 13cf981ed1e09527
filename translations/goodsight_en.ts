<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>goodsight::Learning</name>
    <message numerus="yes">
        <source>The new model is being compared: %n more answered photo(s) are needed.</source>
        <translation>
            <numerusform>The new model is being compared: %n more answered photo is needed.</numerusform>
            <numerusform>The new model is being compared: %n more answered photos are needed.</numerusform>
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
</TS>
