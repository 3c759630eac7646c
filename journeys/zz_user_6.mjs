import {H,who,shot,txt,run,PHONE,DESK} from './zz_user_lib.mjs';
import {writeFileSync} from 'fs';
run(async()=>{
 const a=await who('demo','许国强'); const p=a.page;
 const T=async(t,n=500,pg=p)=>console.log(t,pg.url().replace(H.demo,''),'=>',(await txt(pg)).slice(0,n).replace(/\n/g,' / '));
 await p.goto('/tickets/systems'); await p.getByRole('button',{name:'登记并生成密钥'}).click(); await p.waitForLoadState(); await T('EMPTY');
 await p.getByLabel('系统名称').fill('六安市12345热线'); await p.getByLabel('渠道').selectOption('12345'); await p.getByRole('button',{name:'登记并生成密钥'}).click(); await p.waitForLoadState(); await T('SYS',900); await shot(p,'d4-system');
 await p.goto('/tickets/systems'); await T('SYSLIST',900); await shot(p,'d4-systems');
 await p.getByLabel('系统名称').fill('六安市12345热线'); await p.getByLabel('渠道').selectOption('12345'); await p.getByRole('button',{name:'登记并生成密钥'}).click(); await p.waitForLoadState(); await T('SYSDUP',600);
 await p.goto('/tickets/callbacks'); await T('CB',900); await shot(p,'d4-cb');
 for (const f of await p.locator('main form').all()) console.log('FORM',(await f.innerText()).replace(/\s+/g,' '));
 const L=await p.locator('main form label').allInnerTexts(); console.log(L);
 for (const u of ['','abc','http://example.com/x','https://','ftp://x.cn/','https://127.0.0.1/x','https://localhost/x','https://10.0.0.5/cb','https://user:pw@ex.cn/','https://例子.中国/回送','https://12345.example.gov.cn/cb?x=1']) {
  await p.goto('/tickets/callbacks'); const s=p.locator('main form select').first(); if(!await s.count()) {console.log('no form now');break}
  const o=await s.locator('option').allInnerTexts(); await s.selectOption({index:1}).catch(()=>{});
  await p.locator('main form input[type=text],main form input[type=url],main form input.form-control').first().fill(u); await p.locator('main form button.btn-primary').last().click(); await p.waitForLoadState(); await T('URL '+u+' '+o.join(','),350);
 }
 await shot(p,'d4-cbdone');
 const b=await who('demo','马莉'); const q=b.page; await q.goto('/tickets/callbacks'); await T('SECCB',1200,q); await shot(q,'d4-sec');
 for (const f of await q.locator('main form').all()) console.log('FORM',(await f.innerText()).replace(/\s+/g,' '), await f.getAttribute('action'));
});
