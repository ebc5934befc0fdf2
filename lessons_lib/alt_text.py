"""An nbconvert preprocessor: the text that stands for a picture reaches the page, which nbconvert's own template drops.

Two files that come with the package, in etc/jupyter, switch it on: for `jupyter nbconvert --to html`, and for the
server's File → Save and Export Notebook As.
"""

import html

from nbconvert.preprocessors import Preprocessor


class AltText(Preprocessor):
    """Turns each picture that has an alt text into an <img> that carries it; everything else stays as it is."""

    def preprocess_cell(self, cell, resources, cell_index):
        """nbconvert's own signature -> (cell, resources)."""
        for output in cell.get("outputs", []):
            about = output.get("metadata", {}).get("image/png", {})
            if "alt" not in about or "image/png" not in output.get("data", {}):
                continue
            size = "".join(f' {side}="{about[side]}"' for side in ("width", "height") if side in about)
            picture = "".join(output.data["image/png"]).replace("\n", "")
            output.data = {
                "text/html": f'<img src="data:image/png;base64,{picture}" alt="{html.escape(about["alt"])}"{size} '
                'style="max-width: 100%; height: auto">'
            }
        return cell, resources
