import {H,who,shot,txt,code,signs,run,PHONE,DESK,PW} from './zz_user_lib.mjs';
run(async()=>{
 const a=await who('real','');
 const p=a.page;
 await p.goto('/'); await shot(p,'r0-home'); console.log('HOME',await txt(p));
 await p.goto('/accounts/sign-in'); console.log('SIGNIN',await txt(p));
 // wrong code
 await p.goto('/accounts/code'); await shot(p,'r0-code');console.log('CODE',await txt(p));
 await p.getByLabel("一次性代码").fill('wrong'); await p.getByLabel("密码", { exact: true }).fill('123'); await p.getByLabel("再输入一次").fill('1234');
 await p.getByRole("button", { name: "设置密码" }).click(); await p.waitForLoadState(); console.log('CODEWRONG',await txt(p)); await shot(p,'r0-codewrong');
 await code(p,H.codes['系统管理员'],'周系统'); console.log('AFTERCODE',p.url(),await txt(p));
 await signs(p,'周系统'); console.log('SYS',await txt(p)); await shot(p,'r1-sys');
 await (await import('fs')).writeFileSync('/tmp/user/st-real-sys.json',JSON.stringify(await a.context.cookies()));
 const b=await who('real',''); const q=b.page;
 await code(q,H.codes['安全管理员'],'吴安全'); await signs(q,'吴安全'); console.log('SEC',await txt(q)); await shot(q,'r1-sec');
 await (await import('fs')).writeFileSync('/tmp/user/st-real-sec.json',JSON.stringify(await b.context.cookies()));
 await p.getByRole("link", { name: "区划", exact: true }).first().click(); await p.waitForLoadState(); console.log('DIV',await txt(p)); await shot(p,'r2-div');
 for (const f of await p.locator('main form').all()) console.log((await f.innerHTML()).replace(/\s+/g,' ').slice(0,1200));
 await q.goto('/registry/divisions'); console.log('SECDIV',q.url(),(await txt(q)).slice(0,400));
});
