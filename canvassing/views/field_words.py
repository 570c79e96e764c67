"""The words of the field pages, which the page hands to its modules translated.

`_one` is said of one thing. What is in braces is filled in on the phone.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from canvassing.rules.under_18 import WELCOME

ROUND: dict[str, Promise] = {
    "all_done": _("Every door is done"),
    "all_done_what": _(
        "Thank you. Hand the round back, so that nobody is sent here twice."
    ),
    "about_phone": _("This phone"),
    "and": _("and"),
    "back": _("Back to the round"),
    "do_not_knock": _("Do not knock"),
    "doors_done": _("{n} of {of} doors"),
    "even": _("even"),
    "first_vote": _("First vote"),
    "from_to": _("{from} to {to}"),
    "is_there": _("{name} is there"),
    "map": _("Map"),
    "minutes_left": _("about {n} min left"),
    "next": _("Next"),
    "next_door": _("Next door: {door}"),
    "nobody_to_see": _("Nobody to see"),
    "odd": _("odd"),
    "pledges_n": _("{n} pledges"),
    "pledges_n_one": _("{n} pledge"),
    "postal_voter": _("Postal vote"),
    "run": _("Run of “not in”"),
    "skip": _("Skip"),
    "span_back": _("{there}, back {back}"),
    "span_too": _("{there}, then {back}"),
    "spoken_n": _("{n} spoken to"),
    "team": _("Team"),
    "to_hand_back": _("Hand the round back"),
    "undo_last": _("Undo what was recorded last"),
}

LEAFLETS: dict[str, Promise] = {
    "all_streets_done": _("Every street is seen to"),
    "all_streets_done_what": _(
        "Thank you. Hand the round back, and bring back the copies that are left."
    ),
    "boxes": _("{n} letter boxes"),
    "boxes_one": _("{n} letter box"),
    "copies": _("{n} copies"),
    "copies_one": _("{n} copy"),
    "copies_put_through": _("Copies put through"),
    "copies_through": _("{n} copies put through"),
    "copies_through_one": _("{n} copy put through"),
    "copies_to_take": _("take {n} copies"),
    "copies_to_take_one": _("take {n} copy"),
    "could_not": _("Could not deliver all of it"),
    "could_not_what": _(
        "Say why. If some copies went through, say first how many: both are kept."
    ),
    "item_street": _("street"),
    "join_leaflets": _("Deliver leaflets: {campaign}"),
    "join_what_leaflets": _(
        "{organisation} lends you a list of streets, with no names on it. Say who you "
        "are, and that you will look after it."
    ),
    "missed_dog": _("A dog"),
    "missed_locked": _("Locked block"),
    "missed_no_box": _("No letter box found"),
    "missed_other": _("Something else"),
    "missed_ran_out": _("Ran out of copies"),
    "missed_unsafe": _("Did not feel safe"),
    "named_houses": _("houses with a name"),
    "next_street": _("Next: {street}"),
    "no_such_street": _("This street is not on your round"),
    "not_at": _("not at {numbers}"),
    "not_at_what": _("No leaflet at {numbers}: they want none."),
    "put_through": _("Street is done"),
    "sign_out_leaflets": _(
        "If somebody else goes on: the streets leave this phone, and stay with your "
        "organiser."
    ),
    "street_done": _("{street} is done"),
    "street_not_done": _("Not done after all"),
    "streets_done": _("{n} of {of} streets"),
    "streets_left": _("{n} streets are still to do."),
    "streets_left_one": _("{n} street is still to do."),
}

RUN: dict[str, Promise] = {
    "run_elsewhere": _("Begin at another door"),
    "run_from_here": _("Leave it as it was"),
    "run_record": _("Not in: {n} doors"),
    "run_record_one": _("Not in: {n} door"),
    "run_saved": _("Not in: {n} doors, {doors}. Saved on this phone"),
    "run_saved_one": _("Not in: {doors}. Saved on this phone"),
    "run_tap_first": _("Tap the door at which the run begins."),
    "run_tap_last": _(
        "Nobody in from {door} on? Tap the last door: one tap records all of them."
    ),
}

DOOR: dict[str, Promise] = {
    "about_door": _("About this door"),
    "add_door_note": _("Note about the building"),
    "back_to_round": _("Back to the round"),
    "change_door_note": _("Change the note about the building"),
    "door_note": _("What helps here, such as “buzz 12”"),
    "flat": _("Flat {flat}"),
    "has_voted": _("Has voted"),
    "no_such_door": _("This door is not on your round"),
    "no_such_door_why": _("It may have moved to another round since."),
    "nobody_else_in": _("Nobody else in"),
    "nobody_in": _("Nobody in"),
    "nobody_to_see_why": _("There is nobody to see here. Go on to the next door."),
    "not_to_see": _("Not to be asked on this round"),
    "votes_at": _("votes at {station}"),
    "who_is_here": _("Who is at this door?"),
}

PERSON: dict[str, Promise] = {
    "ask": _("Ask {name}"),
    "change": _("Change the answer"),
    "consent_first": _(
        "Before you ask how they will vote, read this out. Record an answer only if "
        "they agree."
    ),
    "have_they_posted": _("Have they sent their postal vote back?"),
    "has_agreed": _("They agreed that we keep their answers."),
    "has_posted": _("Postal vote sent"),
    "last_time": _("Last time, {date}: {said}"),
    "how_will_they_vote": _("How will they vote?"),
    "how_you_got_my_details": _(
        "Your name and address are on the electoral register, which the law lets "
        "parties and candidates use for elections."
    ),
    "no_consent_words": _(
        "Record only that you spoke: your organisation may not keep what people think."
    ),
    "no_opinions_here": _(
        "They asked us not to record their views. Record only that you spoke."
    ),
    "not_asked_yet": _("Not asked yet"),
    "or_else": _("Or"),
    "photo_id": _("bring photo ID"),
    "postal_do_not_touch": _(
        "Postal vote: do not touch it, take it, post it or watch them complete it."
    ),
    "posted_no": _("Not yet"),
    "posted_so_no_more": _(
        "They have sent their postal vote back: do not ask how they voted."
    ),
    "posted_yes": _("Yes, sent"),
    "proxy_voter": _("Votes by proxy"),
    "their_second_preference": _("Their second preference"),
    "they_agree": _("They agree"),
    "what_came": _("What came of it?"),
}

WISHES: dict[str, Promise] = {
    "add_note": _("Note"),
    "all_here": _("Everybody at this address:"),
    "by_mistake": _(
        "If this is a mistake, tap Undo before you leave the door. Later, an organiser "
        "can take it back."
    ),
    "change_note": _("Change the note"),
    "channel_call": _("Calls"),
    "channel_email": _("E-mails"),
    "channel_text": _("Text messages"),
    "day_not_sure": _("Check it there: the day is not confirmed."),
    "how_to_vote": _("How to vote, and by when"),
    "how_you_got_it": _("How did you get my details?"),
    "leaves_number": _("Leaves a number or e-mail address"),
    "moved_or_died": _("Moved away, or has died"),
    "no_knock_election": _("Do not knock, for this election"),
    "no_knock_good": _("Do not knock, for good"),
    "no_longer_pledges": _("No longer a supporter"),
    "no_opinions": _("Do not record my views"),
    "no_opinions_what": _(
        "From then on we keep no answers of theirs, and may still call."
    ),
    "note": _("Note"),
    "number_or_email": _("Number or e-mail address"),
    "off_for_good": _("No visits, calls, letters or e-mail, for good"),
    "off_for_good_only": _(
        "Only {name}: no visits, calls, letters or e-mail, for good"
    ),
    "postal_too_late": _("The last day to apply for this election has passed."),
    "postal_vote_how": _("They apply for it themselves, here:"),
    "postal_vote_until": _("Last day: {until}"),
    "privacy_notice": _("Privacy notice"),
    "save": _("Save"),
    "since": _("since {date}"),
    "take_all_off": _("Take us all off your list"),
    "take_one_or_all_off": _("Take me, or all of us, off your list"),
    "take_me_off": _("Take me off your list"),
    "they_can_see": _("Keep it short and fair: whoever it is about can ask to see it."),
    "wants_postal_vote": _("Wants a postal vote"),
    "wish_saved": _("Saved on this phone: we will keep to it"),
}

TEAM: dict[str, Promise] = {
    "add": _("Add"),
    "add_somebody": _("Somebody joins who has no phone here"),
    "at_door": _("at {door}"),
    "choose_door": _("Choose a door"),
    "has_left": _("Has left"),
    "is_free": _("free"),
    "name_has_left": _("{name} has left"),
    "is_under_18": _("under 18"),
    "or_to": _("Or to another door"),
    "record": _("Record"),
    "send_to": _("Send to {door}"),
    "team_what": _(
        "One person holds the board, the others knock. Send each to a door, and record "
        "what they tell you."
    ),
    "their_mobile": _("Their mobile number"),
    "their_name": _("Their name"),
    "they_are_18": _("They are 18 or older"),
    "they_are_younger": _("They are under 18"),
    "they_promise": _("They have read it and promise"),
    "you": _("you"),
}

MAP: dict[str, Promise] = {
    "closer": _("Closer"),
    "kind_against": _("Against"),
    "kind_gone": _("Moved or died"),
    "kind_leaning": _("Leaning to us"),
    "kind_maybe": _("Undecided"),
    "kind_notin": _("Not in"),
    "kind_pledge": _("Pledge"),
    "kind_spoken": _("Spoken to"),
    "kind_stop": _("Do not knock"),
    "kind_todo": _("Still to do"),
    "no_map": _("Where these doors are is not known, so that there is no map."),
    "not_on_map": _("{n} doors are not on the map, as nobody knows where they are."),
    "not_on_map_one": _("{n} door is not on the map, as nobody knows where it is."),
    "wider": _("Wider"),
}

PHONE: dict[str, Promise] = {
    "alone": _("An adult must be with you"),
    "alone_what": _(
        "Nobody who is 18 or older is on this round any more. Knock on no door: go "
        "back to the others, or hand the round back."
    ),
    "alone_until": _(
        "The doors are shown again once an adult on this round is back, or your "
        "organiser says that one is with you. What you have recorded is safe."
    ),
    "look_again": _("Look again"),
    "all_sent": _("All sent"),
    "arriving": _("Your round is on its way"),
    "arriving_what": _(
        "You have joined. Your doors come to this phone as soon as there is a signal; "
        "from then on it needs none."
    ),
    "try_again": _("Try again"),
    "all_sent_what": _("Everything that you recorded has arrived."),
    "ended_expired": _("The time of this round is over"),
    "ended_handed_back": _("The round is handed back"),
    "ended_revoked": _("This round was taken back"),
    "ended_signed_out": _("You are signed out"),
    "ended_unknown_key": _("This phone is not known here"),
    "ended_what": _(
        "Names and addresses are gone from this phone. Ask your organiser for a link "
        "if you want to go on."
    ),
    "finish": _("Finish"),
    "hand_back": _("Hand the round back"),
    "hand_back_what": _(
        "No other phone has this round. Names and addresses leave this phone, and "
        "your organiser has the round back."
    ),
    "hand_back_others": _("{n} other phones have this round, and they stop too."),
    "hand_back_others_one": _("{n} other phone has this round, and it stops too."),
    "doors_left": _("{n} doors are still to do."),
    "doors_left_one": _("{n} door is still to do."),
    "hand_back_now": _("Yes, hand the round back"),
    "held": _("For your organiser"),
    "held_what": _(
        "This could not be filed by itself. Nothing is lost: your organiser sees it "
        "and decides."
    ),
    "item_building_note": _("note about a building"),
    "item_contact": _("contact"),
    "item_contact_detail": _("number or e-mail address"),
    "item_knocker": _("somebody who joined"),
    "item_left": _("somebody who left"),
    "item_no_opinions": _("do not record my views"),
    "item_sent_to": _("somebody sent to a door"),
    "item_wish": _("do not contact"),
    "needs_signal": _("There is no signal. Try again when there is."),
    "no_round": _("No round on this phone"),
    "no_round_what": _("Open the link, or scan the code, that your organiser shows."),
    "not_sent": _("{n} not sent"),
    "not_sent_what": _(
        "It is safe on this phone and sends itself as soon as there is a signal."
    ),
    "send_now": _("Send now"),
    "sign_out": _("Sign this phone out"),
    "sign_out_what": _(
        "If the others go on without you: the round leaves this phone, and stays on "
        "theirs."
    ),
    "until": _("The round is on this phone until {time} on {date}."),
}

JOIN: dict[str, Promise] = {
    "age": _("Age"),
    "code": _("Today’s code"),
    "code_where": _("Six digits, said at the meeting point."),
    "has_round": _("The round on this phone, {round}, will leave it."),
    "i_am_18": _("I am 18 or older"),
    "i_am_younger": _("I am under 18"),
    "i_promise": _("I have read it and promise"),
    "join": _("Join in"),
    "join_for": _("Knock on doors: {campaign}"),
    "join_now": _("Join in"),
    "join_what": _(
        "{organisation} lends you a list of people’s names and addresses. Say who you "
        "are, and how you will look after it."
    ),
    "join_phones": _("Call electors: {campaign}"),
    "join_stall": _("Help at a street stall: {campaign}"),
    "mobile_why": _("So that your organiser can reach you on the round."),
    "one_moment": _("One moment"),
    "promise": _("Your promise"),
    **{f"under_18_{kind}": _(words) for kind, words in WELCOME.items()},
    "your_mobile": _("Your mobile number"),
    "your_name": _("Your name"),
}

TIMES: dict[str, Promise] = {
    "am": _("{time} am"),
    "midday": _("midday"),
    "midnight": _("midnight"),
    "month_1": _("January"),
    "month_2": _("February"),
    "month_3": _("March"),
    "month_4": _("April"),
    "month_5": _("May"),
    "month_6": _("June"),
    "month_7": _("July"),
    "month_8": _("August"),
    "month_9": _("September"),
    "month_10": _("October"),
    "month_11": _("November"),
    "month_12": _("December"),
    "pm": _("{time} pm"),
}

SAVING: dict[str, Promise] = {
    "cannot_keep": _("This browser keeps nothing"),
    "cannot_keep_what": _(
        "Nothing that you record here would be safe. Close the private window, or free "
        "some space on the phone, and open the link again."
    ),
    "not_saved": _("Not saved. Try again, or write it down on paper."),
    "phone_full": _("Not saved: the phone is full. Free some space and try again."),
    "saved": _("Saved on this phone"),
    "undo": _("Undo"),
    "undo_too_late": _("It is on its way already: ask an organiser to take it back."),
    "undone": _("Taken back, and saved on this phone"),
}


def field_words() -> dict[str, str]:
    """All of them, in the language of the answer."""
    of_doors = (ROUND, RUN, DOOR, PERSON, WISHES, TEAM, MAP)
    groups = (*of_doors, LEAFLETS, PHONE, JOIN, TIMES, SAVING)
    return {key: str(words) for group in groups for key, words in group.items()}
