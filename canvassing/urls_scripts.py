"""Addresses of scripts, of what was answered, and of the postal wave."""

from django.urls import path

from canvassing.views import answers, opinions, postal_wave, scripts

SCRIPT = "scripts/<int:script>/"
QUESTION = f"{SCRIPT}questions/<int:question>/"

urlpatterns = [
    path("scripts/", scripts.scripts, name="scripts"),
    path("scripts/new/", scripts.new_script, name="script-new"),
    path("scripts/usual/", scripts.usual_scripts, name="scripts-usual"),
    path(SCRIPT, scripts.script, name="script"),
    path(f"{SCRIPT}words/", scripts.words, name="script-words"),
    path(f"{SCRIPT}version/", scripts.script_version, name="script-version"),
    path(
        f"{SCRIPT}publish/",
        scripts.script_do,
        {"what": "publish"},
        name="script-publish",
    ),
    path(
        f"{SCRIPT}retire/", scripts.script_do, {"what": "retire"}, name="script-retire"
    ),
    path(f"{SCRIPT}questions/new/", scripts.new_question, name="question-new"),
    path(QUESTION, scripts.question, name="question"),
    path(f"{QUESTION}up/", scripts.question_do, {"what": "up"}, name="question-up"),
    path(
        f"{QUESTION}remove/",
        scripts.question_do,
        {"what": "remove"},
        name="question-remove",
    ),
    path("answers/", answers.answers, name="answers"),
    path("answers/file/", answers.answers_file, name="answers-file"),
    path(
        "answers/<int:question>/<slug:code>/", answers.answered, name="answers-electors"
    ),
    path("postal-wave/", postal_wave.postal_wave, name="postal-wave"),
    path("postal-wave/packs/", postal_wave.packs, name="postal-packs"),
    path("postal-wave/<int:elector>/sent/", postal_wave.sent, name="postal-wave-sent"),
    path("electors/<int:elector>/views/", opinions.views, name="elector-views"),
    path("electors/<int:elector>/consent/", opinions.consent, name="elector-consent"),
]
