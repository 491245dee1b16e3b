using PuppeteerSharp;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Browser;

/// <summary>What people do in Swagger UI, in a real browser; left out where there is none.</summary>
[InABrowser]
public sealed class ExploringInSwaggerUi
{
    private const int PatienceMilliseconds = 180_000;

    private static readonly string[] Flags =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    private RegistryApp _app = null!;
    private IBrowser _browser = null!;

    [OneTimeSetUp]
    public async Task A_browser()
    {
        _app = await RegistryApp.StartAsync(await TestDatabases.TakeAsync(Engine.Sqlite));
        await _app.EstablishForumAsync("CICA");
        await _app.EstablishStateAsync("KWT");
        await _app.AdmitAsync("CICA", "KWT", from: "2022-10-13");
        _browser = await Puppeteer.LaunchAsync(
            new LaunchOptions
            {
                ExecutablePath = Browsers.Path,
                Headless = true,
                Args = Flags,
            }
        );
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
            await _app.DisposeAsync();
        }
    }

    [Test]
    public async Task The_page_shows_every_operation()
    {
        await using var page = await OpenAsync();

        var shown = await page.QuerySelectorAllAsync(".opblock");

        Assert.That(shown, Has.Length.EqualTo(await CountAsync()));
    }

    [Test]
    public async Task A_question_can_be_tried_out()
    {
        await using var page = await OpenAsync();

        var status = await ExecuteAsync(page, "Memberships", "listMembers");

        var body = await TextAsync(page, "#operations-Memberships-listMembers .live-responses-table .microlight");
        Assert.That(status, Is.EqualTo("200"));
        Assert.That(body, Does.Contain("cica.kwt"));
    }

    [Test]
    public async Task Under_a_path_prefix_the_page_asks_below_it()
    {
        await using var app = await RegistryApp.StartAsync(
            await TestDatabases.TakeAsync(Engine.Sqlite),
            settings: ("PathBase", "/registry")
        );
        await app.EstablishForumAsync("CICA");
        await using var page = await OpenAsync(path: "/registry/swagger", of: app);

        var status = await ExecuteAsync(page, "Memberships", "listMembers");

        var asked = await TextAsync(page, "#operations-Memberships-listMembers .request-url .microlight");
        Assert.That(status, Is.EqualTo("200"));
        Assert.That(asked, Does.Contain("/registry/v1/forums/CICA/members"));
    }

    [Test]
    public async Task Nothing_on_the_page_violates_its_policy()
    {
        var violations = new List<string>();
        await using var page = await OpenAsync(violations);
        var answer = await page.EvaluateFunctionAsync<string>(
            "async () => (await fetch('/swagger/index.html')).headers.get('content-security-policy')"
        );

        await ExecuteAsync(page, "Memberships", "listMembers");
        await page.ClickAsync(".authorize");
        await page.WaitForSelectorAsync(".auth-container input");

        Assert.That(answer, Does.Contain("default-src 'self'").And.Not.Contain("unsafe").And.Not.Contain("http"));
        Assert.That(violations, Is.Empty, string.Join('\n', violations));
    }

    [Test]
    public async Task The_page_runs_no_script_that_is_written_into_it()
    {
        var violations = new List<string>();
        await using var page = await OpenAsync(violations);

        await page.EvaluateExpressionAsync(
            "{ const s = document.createElement('script'); s.textContent = 'window.ran = true'; document.body.append(s); }"
        );

        Assert.That(await page.EvaluateExpressionAsync<bool>("window.ran === true"), Is.False);
        Assert.That(violations, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task After_authorize_a_record_can_be_written()
    {
        await using var page = await OpenAsync();
        Assert.That(await ExecuteAsync(page, "States", "createState"), Is.EqualTo("401"));

        await page.ClickAsync(".authorize");
        await page.WaitForSelectorAsync(".auth-container input");
        await page.TypeAsync(".auth-container input", RegistryApp.AdminKey);
        await page.ClickAsync(".auth-btn-wrapper .authorize");
        await page.ClickAsync(".auth-btn-wrapper .btn-done");
        await page.ClickAsync("#operations-States-createState .btn-clear");

        Assert.That(await ExecuteAsync(page, "States", "createState", isOpen: true), Is.EqualTo("201"));
    }

    /// <summary>How many operations the contract describes.</summary>
    private async Task<int> CountAsync() =>
        (await _app.ReadAsync("/openapi/v1.json"))["paths"]!.AsObject().Sum(path => path.Value!.AsObject().Count);

    private static async Task<string> ExecuteAsync(IPage page, string tag, string operation, bool isOpen = false)
    {
        var block = $"#operations-{tag}-{operation}";
        if (!isOpen)
        {
            await page.ClickAsync($"{block} .opblock-summary-control");
        }

        await page.WaitForSelectorAsync($"{block} .execute");
        await page.ClickAsync($"{block} .execute");
        await page.WaitForSelectorAsync($"{block} .live-responses-table .response .response-col_status");
        return (await TextAsync(page, $"{block} .live-responses-table .response .response-col_status"))[..3];
    }

    private static Task<string> TextAsync(IPage page, string selector) =>
        page.EvaluateFunctionAsync<string>("selector => document.querySelector(selector).innerText.trim()", selector);

    /// <summary>The violations of the policy of the page that the browser reports.</summary>
    private async Task<IPage> OpenAsync(
        List<string>? violations = null,
        string path = "/swagger",
        RegistryApp? of = null
    )
    {
        // Of a long contract the page draws only what there is room for.
        var page = await _browser.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                violations?.Add(message.Message.Text);
            }
        };
        await page.SetViewportAsync(new ViewPortOptions { Width = 1200, Height = 20_000 });
        await page.GoToAsync(new Uri((of ?? _app).Http.BaseAddress!, path).ToString());
        await page.WaitForSelectorAsync(".opblock");

        var described = await CountAsync();
        await page.WaitForFunctionAsync(
            "count => document.querySelectorAll('.opblock').length >= count",
            new WaitForFunctionOptions { Timeout = PatienceMilliseconds, PollingInterval = 250 },
            described
        );
        return page;
    }
}
