#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false

// The yardstick: the least that ASP.NET Core can be asked to do.
var app = WebApplication.CreateSlimBuilder(args).Build();
app.MapGet("/", () => "");
app.Run();
