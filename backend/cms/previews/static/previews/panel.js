// The answer to what Wagtail's preview panel sends holds the address of the draft on the site. The
// panel reads its data attribute right before it loads its frame.
document.addEventListener("w-preview:json", (event) => {
  const address = event.detail.data.render_url;
  if (address) {
    event.target.dataset.wPreviewRenderUrlValue = address;
  }
});
