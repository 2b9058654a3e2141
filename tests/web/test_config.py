import pytest

from web.config import ConfigurationError, Settings, load_settings


def test_settings__nothing_given__are_those_of_development() -> None:
    assert load_settings({}) == Settings()
    assert Settings().site_url == "http://localhost:3000"
    assert Settings().cms_internal_url == "http://127.0.0.1:8000"


def test_settings__empty_values__count_as_not_given() -> None:
    assert load_settings({"CMS_URL": "", "SITE_PORT": " "}) == Settings()


def test_settings__internal_and_media_address__follow_the_cms() -> None:
    settings = load_settings({"CMS_URL": "https://cms.example.org/"})
    assert settings.cms_internal_url == "https://cms.example.org"
    assert settings.media_origin == "https://cms.example.org"


def test_settings__media_in_a_folder__is_named_by_its_origin() -> None:
    settings = load_settings({"MEDIA_URL": "https://media.example.org/files"})
    assert settings.media_origin == "https://media.example.org"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("SITE_URL", "example.org"),
        ("SITE_URL", "https://example.org/?a=b"),
        ("CMS_URL", "ftp://example.org"),
        ("CMS_URL", "https://user@example.org"),
        ("CMS_URL", "https://example.org; script-src *"),
        ("CMS_INTERNAL_URL", "http://[::1"),
        ("CMS_INTERNAL_URL", "http://cms:port"),
        ("MEDIA_URL", "http://"),
        ("SITE_PORT", "0"),
        ("SITE_PORT", "http"),
        ("SITE_PORT", "70000"),
        ("CMS_TIMEOUT_SECONDS", "soon"),
        ("CMS_TIMEOUT_SECONDS", "0"),
        ("CMS_TIMEOUT_SECONDS", "nan"),
    ],
)
def test_settings__wrong_value__is_refused_by_name(key: str, value: str) -> None:
    with pytest.raises(ConfigurationError, match=f"{key} is .* must be"):
        load_settings({key: value})


def test_settings__several_wrong_values__are_told_at_once() -> None:
    with pytest.raises(ConfigurationError) as refused:
        load_settings({"SITE_URL": "x", "SITE_PORT": "y"})
    assert "SITE_URL" in str(refused.value)
    assert "SITE_PORT" in str(refused.value)
