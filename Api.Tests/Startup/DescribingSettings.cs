using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Registry.Api.Startup;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Startup;

/// <summary>Each setting has its values, and docs/settings.md lists them.</summary>
public sealed partial class DescribingSettings
{
    private const string Mark = "<!-- From here on the page is made from the code. -->";

    /// <summary>Values that are refused; where there is none, the setting is a text that another part checks.</summary>
    private static readonly Dictionary<string, string[]> Wrong = new()
    {
        ["ConnectionStrings:SqlServer"] = ["Sever=here"],
        ["ConnectionStrings:Sqlite"] = ["nonsense", "Data Source=:memory:"],
        ["Catalogue:Load"] = ["maybe", "1", ""],
        ["Access:AdminKey"] = ["", "short", "0123456789012345678901234567890"],
        ["Access:FirstKeyFile"] = [],
        ["Access:MaxKeys"] = ["0", "1000001"],
        ["Access:Reads"] = ["shut", "", "0"],
        ["Access:Tokens:RoleClaim"] = [],
        ["Access:Tokens:Reader"] = [],
        ["Access:Tokens:Editor"] = [],
        ["Access:Tokens:Admin"] = [],
        ["Access:Tokens:ForumsClaim"] = [],
        ["Access:Tokens:CollectionsClaim"] = [],
        ["Access:Tokens:TierClaim"] = [],
        ["Access:Tokens:Algorithms"] = ["none", "RS256,none", "", "RS256,"],
        ["Audit:Days"] = ["0", "36501", "-1", "a year", "1.5"],
        ["Audit:Addresses"] = ["some", "2"],
        ["Changes:MaxStreams"] = ["-1", "many", "1000001"],
        ["Changes:MaxStreamsPerClient"] = ["-1", "NaN"],
        ["Changes:HeartbeatSeconds"] = ["0", "-1", "NaN", "Infinity", "1e3", "86401", "1,5"],
        ["Webhooks:Enabled"] = ["yes"],
        ["Webhooks:MaxSubscriptions"] = ["0", "100001"],
        ["Webhooks:AllowedHosts"] = ["http://a.example", "a.example:80", "a b", "a.example,/"],
        ["Webhooks:Timeout"] = ["soon", "15", "00:00:00", "-00:00:01", "00:10:01", "25:61:00"],
        ["Webhooks:Pauses"] = ["", "5", "00:00:05,5", "00:00:00"],
        ["Webhooks:GiveUpAfter"] = ["1", "366.00:00:00", "never"],
        ["Secrets:Key"] = ["short", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MA=="],
        ["Secrets:FormerKeys"] = ["short"],
        ["Webhooks:SecretKey"] = ["short"],
        ["Quotas:Enabled"] = ["on"],
        ["Quotas:Anonymous:PerSecond"] = ["0", "1001"],
        ["Quotas:Anonymous:Burst"] = ["0", "500001", "1000000001"],
        ["Quotas:Anonymous:PerDay"] = ["0", "999"],
        ["Quotas:Standard:PerSecond"] = ["0", "5001"],
        ["Quotas:Standard:Burst"] = ["0", "199"],
        ["Quotas:Standard:PerDay"] = ["0", "4999"],
        ["Quotas:High:PerSecond"] = ["0", "20001"],
        ["Quotas:High:Burst"] = ["0", "999"],
        ["Quotas:High:PerDay"] = ["0", "19999"],
        ["Limits:HeavyRequests"] = ["0", "all"],
        ["Limits:HeavyRequestsPerClient"] = ["0", "10001"],
        ["Limits:ReadSeconds"] = ["0", "86401"],
        ["Limits:HeavyReadSeconds"] = ["0", "86401"],
        ["Limits:Connections"] = ["0", "any"],
        ["Cache:Megabytes"] = ["-1", "65537", "64 MB"],
        ["Database:Migrate"] = ["yes", "1"],
        ["Database:WritesPerCommit"] = ["0", "none"],
        ["Database:WritesWaiting"] = ["0", "+1"],
        ["Proxy:Known"] = ["proxy.example", "10.0.0.0/33", "10.0.0.1,any"],
        ["PathBase"] = ["registry", "//other.example", "/a b", "/a//b", "/<"],
        ["AllowedHosts"] = [],
        ["Cors:Origins"] =
        [
            "portal.example",
            "https://portal.example/",
            "https://portal.example/app",
            "ftp://a.example",
            "https://a@b.example",
        ],
        ["Imports:MaxBytes"] = ["0", "1 GB"],
        ["Imports:Folder"] = ["", "/dev/null/imports", "a\0b"],
        ["Telemetry:Endpoint"] = ["collector:4317", "localhost", "ftp://collector.example"],
        ["Telemetry:TraceRatio"] = ["-1", "1.1", "all", "1e-3", ""],
        ["Metrics:Prometheus"] = ["true", "", "reader"],
        ["Log:Format"] = ["xml", ""],
        ["Log:Requests"] = ["all", "1"],
        ["Backup:Folder"] = ["", "/dev/null/backups"],
        ["Backup:Every"] = ["1", "00:00:00", "366.00:00:00", "daily"],
        ["Backup:Keep"] = ["0", "all", "10001"],
        ["Shutdown:Pause"] = ["5", "-00:00:01", "00:10:01", "soon", ""],
        ["Shutdown:Timeout"] = ["6", "00:00:00", "00:10:01", ""],
        ["urls"] = [],
    };

    private static readonly Dictionary<string, string> Right = new()
    {
        ["Access:AdminKey"] = "01234567890123456789012345678901",
        ["Access:Tokens:Algorithms"] = "RS256,ES256",
        ["Changes:HeartbeatSeconds"] = "0.5",
        ["Webhooks:AllowedHosts"] = "localhost, 127.0.0.1,receiver.example",
        ["Webhooks:Pauses"] = "00:00:05, 1.00:00:00",
        ["Webhooks:Timeout"] = "00:10:00",
        ["Proxy:Known"] = "10.0.0.0/8, ::1, 192.0.2.7",
        ["PathBase"] = "/data/registry/",
        ["Cors:Origins"] = "https://portal.example, http://localhost:3000",
        ["Audit:Addresses"] = "Network",
        ["Shutdown:Pause"] = "00:00:00",
        ["Shutdown:Timeout"] = "00:00:00.5",
        ["Telemetry:Endpoint"] = "http://collector.example:4317",
        ["Telemetry:TraceRatio"] = "0.25",
    };

    private static IEnumerable<TestCaseData> WrongValues =>
        from setting in Wrong
        from value in setting.Value
        select new TestCaseData(setting.Key, value);

    private static IEnumerable<TestCaseData> RightValues =>
        Right.Select(setting => new TestCaseData(setting.Key, setting.Value));

    [TestCaseSource(nameof(WrongValues))]
    public void A_wrong_value_is_told_with_the_name_of_its_setting(string name, string value)
    {
        var complaints = ComplaintsOf(name, value);

        Assert.That(complaints, Has.Count.EqualTo(1));
        Assert.That(complaints[0], Does.Contain(name.Contains("Quotas") ? name.Split(':')[1] : name));
    }

    [TestCaseSource(nameof(RightValues))]
    public void A_right_value_is_taken(string name, string value) => Assert.That(ComplaintsOf(name, value), Is.Empty);

    [Test]
    public void Every_default_is_a_value_of_its_setting()
    {
        foreach (var setting in Settings.All.Where(setting => LiteralValue().IsMatch(setting.Usual)))
        {
            Assert.That(ComplaintsOf(setting.Name, setting.Usual), Is.Empty, setting.Name);
        }
    }

    [Test]
    public void Every_setting_has_wrong_values_in_this_test() =>
        Assert.That(Wrong.Keys, Is.EqualTo(Settings.All.Select(setting => setting.Name)));

    [TestCase("Quotas:Anonymus:PerDay")]
    [TestCase("Limits:ReadSecond")]
    [TestCase("Cors:Origin")]
    public void A_misspelt_setting_is_told(string name) =>
        Assert.That(ComplaintsOf(name, "1"), Is.EqualTo(new[] { $"{name} is not a setting of this program." }));

    [Test]
    public void The_page_lists_every_setting()
    {
        var page = Path.Combine(Repository.Root, "docs", "settings.md");
        var text = File.ReadAllText(page);
        var expected = text[..(text.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)] + Table();
        var written = Path.Combine(Path.GetTempPath(), "registry-settings.md");
        if (text != expected)
        {
            File.WriteAllText(written, expected);
        }

        Assert.That(text == expected, Is.True, $"Bring the page up to date: cp {written} {page}");
    }

    private static IReadOnlyList<string> ComplaintsOf(string name, string value) =>
        Settings.ComplaintsOf(
            new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(name, (string?)value)]).Build()
        );

    private static string Table()
    {
        var text = new StringBuilder("\n\n| setting | default | values | meaning |\n|---|---|---|---|\n");
        foreach (var setting in Settings.All)
        {
            var usual = LiteralValue().IsMatch(setting.Usual) ? $"`{setting.Usual}`" : setting.Usual;
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{setting.Name}` | {usual} | {setting.Rule.Sentence} | {setting.Meaning} |\n"
            );
        }

        return text.ToString();
    }

    [GeneratedRegex("^([0-9.:]+|true|false|open|full|off|text|[a-z]+[-_][a-z]+|http.*|Data Source=.*)$")]
    private static partial Regex LiteralValue();
}
