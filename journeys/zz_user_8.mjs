import {H,who,shot,txt,run,PHONE,DESK} from './zz_user_lib.mjs';
import {writeFileSync} from 'fs';
import {execSync} from 'child_process';
run(async()=>{
 const b=await who('demo','马莉'); const q=b.page; await q.goto('/tickets/callbacks'); await q.getByRole('button',{name:'核准'}).first().click(); await q.waitForLoadState(); console.log('APPROVED',(await txt(q)).replace(/\n/g,' / ')); await shot(q,'d4-approved');
 const c=await who('demo','程立新'); const r=c.page;
 await r.goto('/tickets/hotlines'); console.log('HOTLINES',await txt(r)); await shot(r,'d5-hot');
 const links=await r.locator('main a').evaluateAll(x=>x.map(e=>[e.innerText.trim(),e.getAttribute('href')])); console.log(links);
 const t=links.find(x=>/模板/.test(x[0])); 
 if(t){const [dl]=await Promise.all([r.waitForEvent('download'),r.locator(`a[href="${t[1]}"]`).click()]); await dl.saveAs('/tmp/user/tpl.xlsx'); console.log(dl.suggestedFilename());
 console.log(execSync(`python3 - <<'P'
import zipfile,re
z=zipfile.ZipFile('/tmp/user/tpl.xlsx')
for n in z.namelist():
  if 'sheet' in n or 'shared' in n:
    s=z.read(n).decode()
    print(n,re.findall(r'<t[^>]*>([^<]*)</t>',s)[:80])
P`).toString());}
 for (const f of await r.locator('main form').all()) console.log('FORM',(await f.innerHTML()).replace(/\s+/g,' ').slice(0,1800));
});
