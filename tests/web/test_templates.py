"""Every block of the contract has a template, which draws its examples."""

import shutil
from pathlib import Path

import pytest

from tests.web.html_check import find_html_problems
from tests.web.site_client import SiteClient
from web.api.models import BLOCK_VALUES
from web.rendering.assets import Assets
from web.rendering.renderer import TEMPLATE_FOLDER, MissingTemplateError, build_environment

NAMES = sorted(BLOCK_VALUES)


@pytest.mark.parametrize("name", NAMES)
def test_block__examples__are_drawn(site: SiteClient, name: str) -> None:
    answer = site.get(f"/styleguide/blocks/{name}/")
    assert answer.status == 200, f"missing file: frontend/web/contract_examples/{name}.json"
    assert find_html_problems(answer.text) == []
    assert f'class="block block--{name.replace("_", "-")}"' in answer.text
    assert answer.text.count("data-example=") == 2


@pytest.mark.parametrize("example", ["least", "full"])
def test_block__one_example__is_shown_alone(site: SiteClient, example: str) -> None:
    html = site.get(f"/styleguide/blocks/faq/?example={example}").text
    assert html.count("data-example=") == 1
    assert f'data-example="{example}"' in html


@pytest.mark.parametrize("name", NAMES)
def test_block__without_its_template__stops_the_start(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "templates"
    shutil.copytree(TEMPLATE_FOLDER, folder)
    (folder / "blocks" / f"{name}.html").unlink()
    with pytest.raises(MissingTemplateError, match=f"templates/blocks/{name}.html"):
        build_environment(Assets(), folder)
