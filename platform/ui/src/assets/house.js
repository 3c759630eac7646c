// The few things a page does better with a script; every one of them works without.
(() => {
  // The error summary takes the focus, so that a screen reader and a keyboard begin there.
  document.getElementById("error-summary")?.focus();

  // On a phone the menu starts closed.
  const menu = document.querySelector("details.menu");
  if (menu && window.matchMedia("(max-width: 800px)").matches) menu.removeAttribute("open");

  document.querySelector("[data-back]")?.addEventListener("click", (event) => {
    if (history.length > 1) {
      event.preventDefault();
      history.back();
    }
  });

  // A form sent twice by a double click is sent once.
  for (const form of document.querySelectorAll("form[method=post]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "yes";
      setTimeout(() => delete form.dataset.sent, 4000);
    });
  }

  // Filters apply when a choice is made.
  for (const choice of document.querySelectorAll("[data-now]")) {
    choice.addEventListener("change", () => choice.form.requestSubmit());
  }

  // Forms that say so are saved while they are being filled.
  for (const form of document.querySelectorAll("form[data-autosave]")) {
    const said = form.querySelector("[data-autosave-said]");
    let waiting;
    const save = async () => {
      const body = new URLSearchParams(new FormData(form));
      try {
        const answer = await fetch(form.dataset.autosave, { method: "POST", body, redirect: "error" });
        const told = answer.ok ? await answer.json() : null;
        if (said) said.textContent = told ? told.said : "暂未保存，请稍后再试或点“保存”";
        if (told?.version) form.querySelector("[name=version]").value = told.version;
        if (told?.key) form.querySelector("[name=_key]").value = told.key;
      } catch {
        if (said) said.textContent = "网络中断，已填写的内容仍在本页";
      }
    };
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(save, 2000);
    });
  }
})();
