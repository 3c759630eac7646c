import {H,who,shot,txt,run,PHONE,DESK} from './zz_user_lib.mjs';
run(async()=>{
 const a=await who('real','sys'); const p=a.page;
 const reg=async(n,c)=>{await p.getByLabel('名称').first().fill(n);await p.getByLabel('区划代码').first().fill(c);await p.locator('main form button.btn-primary',{hasText:'登记'}).first().click();await p.waitForLoadState();console.log('REG',n,c,p.url().replace(H.real,''),'=>',(await txt(p)).slice(0,420).replace(/\n/g,' / '))};
 await p.goto('/registry/divisions');
 await reg('','');
 await reg('六安市','34');
 await reg('六安市','341523'); 
 await reg('六安市','341500'); await shot(p,'r3-afterreg');
 // import
 await p.goto('/registry/divisions/import').catch(()=>{}); console.log('IMP',p.url(), (await txt(p)).slice(0,800)); await shot(p,'r4-import');
 console.log(await p.locator('main a').evaluateAll(x=>x.map(e=>e.innerText.trim()+' '+e.getAttribute('href')).join(' | ')));
 const imp=async(tag,text,name='区划.csv')=>{ await p.goto('/registry/divisions'); await p.getByRole('link',{name:'导入区划表'}).first().click(); await p.waitForLoadState();
  if(text!==null) await p.getByLabel('区划表').setInputFiles({name,mimeType:'text/csv',buffer:Buffer.from(text)});
  await p.getByRole('button',{name:'上传并导入'}).click();await p.waitForLoadState();await p.waitForTimeout(300);console.log('IMPORT',tag,p.url().replace(H.real,''),'=>',(await txt(p)).slice(0,700).replace(/\n/g,' / '));await shot(p,'r4-imp-'+tag)};
 await imp('none',null);
 await imp('text','hello world');
 await imp('png','\x89PNG\r\n\x00\x01\x02','x.png');
 await imp('empty','');
 await imp('header','代码,名字\n341523,舒城县\n');
 await imp('headonly','区划代码,区划名称\n');
 await imp('onebad','区划代码,区划名称\n341500,六安市\n341523,舒城县\n3415,坏县\n341523100,城关镇\n341523100001,桃溪社区\n');
 await imp('orphan','区划代码,区划名称\n341524,金寨县\n341599100,无县镇\n341523100001,桃溪社区\n341523100001,桃溪社区二\n');
 await imp('good','区划代码,区划名称\n341500,六安市\n341523,舒城县\n341523100,城关镇\n341523100001,桃溪社区\n');
 await imp('again','区划代码,区划名称\n341500,六安市改\n341523,舒城县\n341523100,城关镇\n341523100001,桃溪社区\n');
 await p.goto('/registry/divisions'); console.log('DIV',await txt(p)); await shot(p,'r5-div');
});
