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

  // A scanned letter carries its code behind the #, which is never sent; it is taken into the field and out of the address.
  const coded = document.querySelector("[data-from-hash]");
  if (coded && location.hash.length > 1) {
    coded.value = location.hash.slice(1);
    history.replaceState(null, "", location.pathname);
  }

  // A page that answered a form: going back to it later asks for a page there is, instead of for the form again.
  const here = document.querySelector("[data-here]");
  if (here) history.replaceState(null, "", here.dataset.here);

  // 长辈版 changes the letters of this page where it stands: what was typed stays, and the answer to a form is not asked for again.
  for (const size of document.querySelectorAll("[data-large]")) {
    size.hidden = false;
    size.addEventListener("click", (event) => {
      event.preventDefault();
      fetch(size.href, { redirect: "manual" });
      const large = document.body.classList.toggle("large");
      size.textContent = large ? "标准版" : "长辈版";
      size.href = size.href.replace(/on=(yes|no)/, large ? "on=no" : "on=yes");
    });
  }

  document.querySelector("[data-print]")?.addEventListener("click", () => window.print());

  // A form sent twice by a double click is sent once.
  for (const form of document.querySelectorAll("form[method=post]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "yes";
      setTimeout(() => delete form.dataset.sent, 4000);
    });
  }

  // A place touched on the plan is written into the form that is being filled; sending it there and back would lose the photos.
  const placed = document.querySelector("form #building");
  for (const mark of placed ? document.querySelectorAll("button.plan-touch") : []) {
    mark.addEventListener("click", (event) => {
      event.preventDefault();
      placed.value = mark.value;
      document.querySelector(".plan-here")?.classList.remove("plan-here");
      mark.closest(".plan-mark").classList.add("plan-here");
      placed.focus();
    });
  }
  const missed = document.querySelector("[data-plan-missed]");
  missed?.closest("details").querySelector("svg").addEventListener("click", (event) => {
    missed.hidden = Boolean(event.target.closest("button.plan-touch"));
  });

  // A receipt is kept as a picture as well: in WeChat, where files cannot be saved, a press of the finger saves it.
  const pictured = async (receipt) => {
    const drawn = receipt.querySelector("svg");
    const code = new Image();
    code.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(drawn))}`;
    await code.decode();
    const lines = [[receipt.dataset.title, 34], [receipt.querySelector("strong").textContent, 34]];
    for (const name of receipt.querySelectorAll("dt")) {
      lines.push([name.textContent, 22]);
      for (const part of name.nextElementSibling.textContent.match(/.{1,34}/g) ?? []) lines.push([part, 28]);
    }
    const [wide, side, step] = [720, 320, 44];
    const canvas = Object.assign(document.createElement("canvas"), { width: wide, height: side + 80 + lines.length * step });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, wide, canvas.height);
    pen.drawImage(code, (wide - side) / 2, 24, side, side);
    pen.fillStyle = "#111";
    lines.forEach(([text, size], n) => {
      pen.font = `${size}px sans-serif`;
      pen.fillText(text, 32, side + 72 + n * step, wide - 64);
    });
    const kept = Object.assign(new Image(), { className: "kept", alt: `${lines[1][0]}的回执图片`, src: canvas.toDataURL("image/png") });
    const said = Object.assign(document.createElement("p"), { className: "small", textContent: "长按下面的图片，可以保存到相册（在微信里也可以）。" });
    receipt.append(said, kept);
  };
  // What cannot be drawn is still on the page and in the file.
  for (const receipt of document.querySelectorAll(".receipt[data-title]")) pictured(receipt).catch(() => {});

  // A year that is wider than the phone begins with its newest weeks.
  for (const it of document.querySelectorAll("[data-newest]")) it.scrollLeft = it.scrollWidth;

  // Filters apply when a choice is made.
  for (const choice of document.querySelectorAll("[data-now]")) {
    choice.addEventListener("change", () => choice.form.requestSubmit());
  }

  // Forms that say so are saved while they are being filled. Each saving has a key of its own; the version guards it.
  for (const form of document.querySelectorAll("form[data-autosave]")) {
    const said = form.querySelector("[data-autosave-said]");
    const say = (sentence) => said && (said.textContent = sentence);
    let waiting = null;
    let saving = null;
    let kept = true;
    const save = async () => {
      waiting = null;
      kept = false;
      const body = new URLSearchParams(new FormData(form));
      body.set("_key", Array.from(crypto.getRandomValues(new Uint8Array(16)), (it) => it.toString(16).padStart(2, "0")).join(""));
      try {
        const answer = await fetch(form.dataset.autosave, { method: "POST", body, redirect: "manual" });
        if (answer.type === "opaqueredirect") return say("登录已过期，请在新标签页登录后点“保存”，已填写的内容仍在本页");
        const told = await answer.json();
        if (told.version) form.querySelector("[name=version]").value = told.version;
        kept = answer.ok;
        say(told.said ?? told.errors?.[0]?.message ?? told.title);
      } catch {
        say("网络中断，已填写的内容仍在本页");
      }
    };
    const now = () => {
      clearTimeout(waiting);
      saving = (saving ?? Promise.resolve()).then(save).finally(() => (saving = null));
      return saving;
    };
    const later = () => {
      clearTimeout(waiting);
      waiting = setTimeout(now, 1500);
    };
    form.addEventListener("input", later);
    // What is on its way home is waited for, so that the button's own version is the newest.
    form.addEventListener("submit", (event) => {
      clearTimeout(waiting);
      if (!saving) return;
      event.preventDefault();
      saving.then(() => {
        delete form.dataset.sent;
        form.requestSubmit(event.submitter);
      });
    });
    // What another form of the page leads away from is saved first; where it cannot be, the page stays and says why.
    for (const other of document.forms) {
      if (other === form || other.method !== "post" || other.closest("header, nav")) continue;
      other.addEventListener("submit", (event) => {
        if (!waiting && !saving) return;
        event.preventDefault();
        const { submitter } = event;
        now().then(() => {
          delete other.dataset.sent;
          if (kept) return other.requestSubmit(submitter);
          return said?.scrollIntoView({ block: "center" });
        });
      });
    }
  }
})();
