"""Names of files: what is kept of whatever a sender called theirs."""

import pytest

from campaigns.rules.file_names import clean_stem


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("invoice 12.pdf", "invoice 12"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\agent\\Plover Press.PDF", "Plover Press"),
        ("Plover\tPress\r\n12.pdf.exe", "Plover Press 12.pdf"),
        ("in\x00voice\x1b[2J.pdf", "in voice [2J"),
        ("invoice\u202efdp.exe", "invoice fdp"),
        ('<b>"quoted"|?*:.pdf', "b quoted"),
        ("Cafe\u0301 Æble.jpg", "Café Æble"),
        ("A" * 300 + ".pdf", "A" * 100),
        ("Invoice no. 12", "Invoice no. 12"),
        ("receipt", "receipt"),
        ("...", "Receipt"),
        (".pdf", "Receipt"),
        ("", "Receipt"),
        ("\u202e\x07/", "Receipt"),
    ],
)
def test_a_name_is_kept_without_folders_ending_and_what_is_not_written(
    sent: str, kept: str
) -> None:
    assert clean_stem(sent, otherwise="Receipt") == kept
