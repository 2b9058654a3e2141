import pytest

from web.config import ConfigurationError, Settings, load_settings


def test_settings__nothing_given__are_those_of_development() -> None:
    assert load_settings({"SITE_NAME": "site"}) == Settings()
    assert Settings().site_url == "http://localhost:3000"
    assert Settings().cms_internal_url == "http://127.0.0.1:8000"


def test_settings__empty_values__count_as_not_given() -> None:
    assert load_settings({"CMS_URL": "", "SITE_PORT": " ", "SITE_NAME": ""}) == load_settings({})


def test_settings__no_name__is_the_machine_and_the_port() -> None:
    one, other = load_settings({}), load_settings({"SITE_PORT": "3001"})
    assert one.site_name.endswith(":3000")
    assert one.site_name != other.site_name


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
        ("SITE_KEY", "two words"),
        ("SITE_KEY", "schlüssel"),
        ("TRUSTED_PROXIES", "10.0.0.0/8, proxy"),
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


def test_settings__the_key__is_in_no_message() -> None:
    with pytest.raises(ConfigurationError) as refused:
        load_settings({"SITE_KEY": "open sesame"})
    assert "sesame" not in str(refused.value)
    assert "sesame" not in repr(load_settings({"SITE_KEY": "sesame"}))


def test_settings__proxies__are_addresses_and_networks() -> None:
    settings = load_settings({"TRUSTED_PROXIES": "10.0.0.1, 2001:db8::/32,"})
    assert settings.trusted_proxies == ("10.0.0.1", "2001:db8::/32")


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://Example.org:443/", "https://example.org"),
        ("http://example.org:80", "http://example.org"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("https://example.org:80", "https://example.org:80"),
    ],
)
def test_settings__origin__is_as_browsers_write_it(address: str, origin: str) -> None:
    assert load_settings({"SITE_URL": address}).site_origin == origin
