using Galley.Tests.Durability;
using Galley.Tests.Operation;
using Galley.Tests.Support;
using Xunit.Abstractions;

namespace Galley.Tests.Delivery.Search;

/// <summary>Sixty questions in six languages to thousands of real stories, each with the story that stands first among its answers.</summary>
public sealed class SearchMaterialTests(ITestOutputHelper output)
{
    private static readonly (string Question, string Story)[] Questions =
    [
        ("des marionnettes galles", "ntrex:fra:bbc.381790"), ("l'attaquant sturridge egalisation", "ntrex:fra:upi.176249"), ("ouragan rosa crues", "ntrex:fra:newsweek.51338"), ("l’intelligence artificielle états unis", "ntrex:fra:cnbc.com.6772"),
        ("« la mer est à nous »", "ntrex:fra:guardian.221762"), ("desarmement coree", "ntrex:fra:reuters.218861"), ("vih sida chine 14", "ntrex:fra:bbc.381669"), ("ilfracombe fusil a air comprime", "ntrex:fra:bbc.381760"),
        ("D'ARCHEOLOGIE journées", "wikinews:fr:44313"), ("\"yasser arafat\" empoisonnement", "wikinews:fr:44527"), ("Ayrault discours", "wikinews:fr:44543"), ("polémique avortement espagne", "wikinews:fr:44772"), ("vulnerabilites viewvc", "debian:fr:security/2012/dsa-2563"), ("dsa-2777-1 vulnerabilites", "debian:fr:security/2013/dsa-2777"),
        ("magnitogorsk collapses", "wikinews:en:Magnitogorsk_apartment_building_collapses_after_explosion,_dozens_dead"), ("iranian cargo karaj", "wikinews:en:Iranian_cargo_plane_crashes_into_Karaj_houses"), ("flats aleppo eleven", "wikinews:en:Block_of_flats_collapses_in_Aleppo,_killing_eleven"),
        ("zebra stripes dazzle", "wikinews:en:Zebra_stripes_may_%27dazzle%27_pathogen-packing_horse_flies,_say_scientists"), ("fiancee murdered saudi", "wikinews:en:Fianc%C3%A9e_of_murdered_Saudi_journalist_demands_justice_at_UN_General_Assembly"), ("hong kong carrie lam speech", "wikinews:en:Hong_Kong%27s_Carrie_Lam_delivers_speech_on_video_after_protests_in_legislature"),
        ("osama \"bin laden's son\"", "wikinews:en:US_President_Trump_says_Osama_bin_Laden%27s_son_killed"), ("retired u.s. justice stevens", "wikinews:en:Retired_US_Supreme_Court_Justice_John_Paul_Stevens_dies"), ("“notre-dame in paris”", "wikinews:en:Notre_Dame_in_Paris_catches_fire"), ("hirtenberger -debian", "wikinews:en:Hungarian_state-owned_enterprise_acquires_Hirtenberger_Defence_Group"),
        ("ويلز كالدمى", "ntrex:arb:bbc.381790"), ("ستوريدج ليفربول", "ntrex:arb:upi.176249"), ("اعصار روزا", "ntrex:arb:newsweek.51338"), ("ذكاء اصطناعي تمويل", "ntrex:arb:cnbc.com.6772"), ("البحر لنا بوليفيا", "ntrex:arb:guardian.221762"), ("كوريا سلاح الثقة", "ntrex:arb:reuters.218861"), ("سارة بالين ترامب", "ntrex:arb:cnn.304478"), ("أطفال تكساس", "ntrex:arb:nytimes.184862"),
        ("الإنتصاب صفاقس", "ant:JA-economy-101-20170221"), ("رحلة مطارين المانيا", "ant:JA-internationalNews-510-20170313"), ("إجازة عيد فطر السعوديه", "ant:JA-internationalNews-1214-20170615"), ("احتقان قيروان سائق إسعاف", "ant:JA-localNews-1381-20170217"), ("موناكو سيتي فالكاو", "ant:JA-sport-861-20170315"), ("التركيبة للإطار شبيبة", "ant:JA-sport-41-20170123"),
        ("ארה\"ב בינה מלאכותית", "ntrex:heb:cnbc.com.6772"), ("סטרידג ליפרפול", "-"), ("סטרידג ליברפול", "ntrex:heb:upi.176249"), ("צ'לסי סטרידג'", "ntrex:heb:upi.176249"), ("הוריקן רוזה", "ntrex:heb:newsweek.51338"), ("ים בוליביה", "ntrex:heb:guardian.221762"), ("צפון קוריאה אמון", "ntrex:heb:reuters.218861"), ("ילדי מהגרים טקסס", "ntrex:heb:nytimes.184862"), ("ארנק ביטקוין", "heq:val:121"), ("קורקינטים תל אביב", "heq:val:81"), ("ג'יימס ווב", "heq:val:145"),
        ("уэльса маппетов", "ntrex:rus:bbc.381790"), ("ливерпуля старридж счёт", "ntrex:rus:upi.176249"), ("ураган роза", "ntrex:rus:newsweek.51338"), ("солт-лейк-сити", "ntrex:rus:newsweek.51338"), ("«море наше» боливия", "ntrex:rus:guardian.221762"), ("вич спид китай", "ntrex:rus:bbc.381669"), ("пэйлин трака", "ntrex:rus:cnn.304478"),
        ("威尔士国民议会", "ntrex:zho-CN:bbc.381790"), ("利物浦 切尔西", "ntrex:zho-CN:upi.176249"), ("飓风 罗莎", "ntrex:zho-CN:newsweek.51338"), ("人工智能 美国 加倍", "ntrex:zho-CN:cnbc.com.6772"), ("\"玻利维亚希望法庭\"", "ntrex:zho-CN:guardian.221762"), ("朝鲜 核武器", "ntrex:zho-CN:reuters.218861"), ("艾滋病 14", "ntrex:zho-CN:bbc.381669"), ("德克萨斯 帐篷", "ntrex:zho-CN:nytimes.184862"),
    ];

    [MaterialFact]
    public async Task Each_is_answered_by_its_story_first()
    {
        using var directory = new TemporaryDirectory();
        var (database, lines) = (directory.WithDatabase("galley.db"), directory.File("material.ndjson"));
        var stories = Directory.EnumerateFiles(Material.PathOf("articles"), "*.ndjson").Order(StringComparer.Ordinal).SelectMany(file => Material.Lines(file));
        await File.WriteAllTextAsync(lines, ImportLines.Text(stories.Select(ImportLines.OfMaterial)));
        await Executable.RunAsync(["import", lines, "--create-missing=sections,tags", $"--Galley:Database={database}"]);
        using var server = await ServerProcess.StartAsync(database, "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information");
        using var client = server.NewClient();

        var wrong = new List<string>();
        foreach (var (question, story) in Questions)
        {
            var found = (await client.GetJsonAsync($"/v1/articles?q={Uri.EscapeDataString(question)}&limit=3")).Ids();
            var expected = story == "-" ? null : (await client.GetJsonAsync($"/v1/manage/articles/by-source?source={story.Split(':')[0]}&externalId={Uri.EscapeDataString(story)}")).Text("id");
            if ((found.Count == 0 ? null : found[0]) != expected)
                wrong.Add($"{question}: {found.Count} found, {(expected is not null && found.Contains(expected) ? "not first" : "without it")}");
        }

        output.WriteLine($"{Questions.Length} questions");
        Assert.Empty(wrong);
        DatabaseInvariants.AssertHold(database);
    }
}
